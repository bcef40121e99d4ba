-- When the database was found to have gone back in time, from about when the copy is, whether owners
-- were told by mail, and whether one has said that they looked through the members.
-- AlterTable
ALTER TABLE "history" ADD COLUMN     "copy_of" TIMESTAMPTZ(3),
ADD COLUMN     "members_checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "owners_told_at" TIMESTAMPTZ(3),
ADD COLUMN     "went_back_at" TIMESTAMPTZ(3);

-- Whoever notices it first, in whichever statement: with the same commit nothing of the copy lets
-- anybody in by itself. A session, a link or a code that was ended or used since then would count again.
CREATE FUNCTION end_restored_ways_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.went_back_at := clock_timestamp();
    NEW.owners_told_at := NULL;
    NEW.members_checked_at := NULL;
    NEW.copy_of := greatest(
        (SELECT max(last_seen_at) FROM sessions),
        (SELECT max(created_at) FROM messages),
        (SELECT max(created_at) FROM replies),
        (SELECT max(created_at) FROM accounts)
    );
    DELETE FROM sessions;
    DELETE FROM second_factor_codes;
    UPDATE invitations SET revoked_at = clock_timestamp()
        WHERE accepted_at IS NULL AND revoked_at IS NULL;
    UPDATE account_recoveries SET used_at = clock_timestamp() WHERE used_at IS NULL;
    UPDATE email_changes SET used_at = clock_timestamp() WHERE used_at IS NULL;
    RETURN NEW;
END $$;

CREATE TRIGGER "history_went_back" BEFORE UPDATE ON "history" FOR EACH ROW
    WHEN (NEW.refused_before IS NOT NULL AND NEW.refused_before IS DISTINCT FROM OLD.refused_before)
    EXECUTE FUNCTION end_restored_ways_in();
