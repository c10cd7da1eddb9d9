# Sourced by ./run and ./test. prepare FOLDER LOCK: a virtual environment with the locked packages and detente.
# `--without-pip` and `pip --python` work on a minimal Debian, where ensurepip is missing and pip itself refuses
# to touch the system's packages (PEP 668).
prepare() {
    folder=$1
    lock=$2
    stamp=$(cat "$lock" pyproject.toml | sha256sum | cut -d' ' -f1)
    if [ "$(cat "$folder/prepared" 2>/dev/null || true)" != "$stamp" ]; then
        echo "Setting up in $folder; this takes a minute the first time." >&2
        rm -rf "$folder"
        python3 -m venv --without-pip "$folder"
        python3 -m pip --python "$folder/bin/python" install -q --disable-pip-version-check \
            --root-user-action=ignore --require-hashes -r "$lock"
        python3 -m pip --python "$folder/bin/python" install -q --disable-pip-version-check \
            --root-user-action=ignore --no-deps --editable .
        echo "$stamp" > "$folder/prepared"
    fi
}
