#!/usr/bin/env python3
"""Sends and opens secrets of a Sealpost, sealed here (browser seal), by the specification alone.

  client.py send https://secrets.example.org < secret.txt    prints the link, then the status link
  client.py open < link.txt                                  prints the secret, which is then gone

Needs Python 3.8 and the package cryptography. Passphrases are left out. The numbers are the sections
of lib/protocol/README.md.
"""
import hmac, json, secrets, struct, sys, urllib.error, urllib.request
from base64 import urlsafe_b64decode, urlsafe_b64encode
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AD = b"sealpost v1 ciphertext\0" + b"\x02" + b"\0"  # 8: browser seal, no lock

def encode(data):  # 3: base64url without padding
    return urlsafe_b64encode(data).rstrip(b"=").decode()

def decode(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

def hkdf(key, label, length):  # 2: one block is enough, for none is longer than 32 bytes
    extracted = hmac.digest(bytes(32), key, "sha256")
    return hmac.digest(extracted, label + b"\1", "sha256")[:length]

def keys_of(k0):  # 4
    names = {"encryption key": b"encryption", "open proof": b"open proof", "knock proof": b"knock proof"}
    keys = {name: hkdf(k0, b"sealpost v1 " + label, 32) for name, label in names.items()}
    return {**keys, "commitment": hkdf(k0, b"sealpost v1 key commitment", 16)}

def pad(content):  # 7: Padmé
    length = max(256, 4 + len(content))
    e = length.bit_length() - 1
    step = 1 << (e - e.bit_length())
    return (struct.pack(">I", len(content)) + content).ljust(-(-length // step) * step, b"\0")

def ask(origin, path, body, **headers):  # 16
    headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(f"{origin}/api/v1/{path}", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as problem:
        said = problem.read()  # something on the way may answer by itself, and not in JSON
        is_ours = problem.headers.get_content_type() == "application/problem+json"
        sys.exit(json.loads(said)["title"] if is_ours else f"It answered {problem.code}.")
    except urllib.error.URLError as failure:
        sys.exit(f"It was not reached: {failure.reason}.")

def send(origin, text):
    k0 = secrets.token_bytes(16)
    keys, iv = keys_of(k0), secrets.token_bytes(12)
    sealed = AESGCM(keys["encryption key"]).encrypt(iv, pad(b"\1\1" + text), AD)  # 6, 8
    copy = {"ciphertext": encode(keys["commitment"] + iv + sealed),
            "openProof": encode(keys["open proof"]), "knockProof": encode(keys["knock proof"])}
    made = ask(origin, "secrets", {"seal": "browser", "copies": [copy], "expiresIn": "1d"},
               **{"Idempotency-Key": secrets.token_urlsafe(32)})["links"][0]
    return f"{made['link']}#{encode(k0)}", made["statusLink"]

def open_once(link):
    address, _, k0 = link.partition("#")
    origin, token = address.split("/m/")
    keys, nonce = keys_of(decode(k0)), encode(secrets.token_bytes(16))
    proof = {"seal": "browser", "token": token, "knockProof": encode(keys["knock proof"])}
    if ask(origin, "secrets/knock", proof)["lock"] is not None:
        sys.exit("It has a passphrase, which this client does not ask for.")
    claim = {**proof, "openProof": encode(keys["open proof"]), "nonce": nonce}
    m1 = decode(ask(origin, "secrets/claim", claim)["ciphertext"])
    if not hmac.compare_digest(m1[:16], keys["commitment"]):
        sys.exit("This is sealed with another key.")
    padded = AESGCM(keys["encryption key"]).decrypt(m1[16:28], m1[28:], AD)
    envelope = padded[4:4 + struct.unpack(">I", padded[:4])[0]]
    if pad(envelope) != padded or envelope[:2] != b"\1\1":
        sys.exit("This is no text of version 1.")
    sys.stdout.buffer.write(envelope[2:])
    sys.stdout.flush()
    try:
        ask(origin, "secrets/acknowledge", {"token": token, "nonce": nonce})  # it has been taken
    except (SystemExit, OSError):
        pass  # unheard, the server erases it when its lease is over

if sys.argv[1:2] == ["send"] and len(sys.argv) == 3:
    print(*send(sys.argv[2].rstrip("/"), sys.stdin.buffer.read()), sep="\n")
elif sys.argv[1:] == ["open"]:  # not as an argument, which others on the machine can read
    open_once(sys.stdin.read().strip())
else:
    sys.exit(__doc__)
