-- A reply that its client took back unread frees its place, so more replies may come in the end than stand at
-- any one time. How many stand is watched by the statement that takes a place.
ALTER TABLE "requests"
    DROP CONSTRAINT "requests_no_more_replies_than_allowed",
    ADD CONSTRAINT "requests_replies_are_counted_up"
    CHECK ("replies_received" >= 0);
