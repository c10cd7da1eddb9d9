"""The same load on the `eventsourcing` library, run by a Python that has it; knows nothing of this project.

python load_peer.py SECONDS THREADS, with PERSISTENCE_MODULE and its settings in the environment. Each thread appends
to an aggregate of its own, one event a transaction, each over words signed with Ed25519 (PyNaCl). Prints JSON.
"""

import json
import sys
import threading
from time import perf_counter, sleep


def main() -> None:
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event
    from nacl.signing import SigningKey

    class Talks(Aggregate):
        def __init__(self) -> None:
            self.acts = 0

        @event("Recorded")
        def record(self, author: str, words: str, signature: str) -> None:
            self.acts += 1

    seconds, threads = float(sys.argv[1]), int(sys.argv[2])
    application, done = Application(), [0] * threads
    key = SigningKey.generate()
    until = perf_counter() + seconds + 0.5

    def write(which: int) -> None:
        talks = Talks()
        application.save(talks)
        sleep(0.5)
        while perf_counter() < until:
            words = f"The other side's words, {done[which]}."
            talks.record("M", words, key.sign(words.encode()).signature.hex())
            application.save(talks)
            done[which] += 1

    writers = [threading.Thread(target=write, args=(which,)) for which in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    print(json.dumps({"rate": sum(done) / seconds}))


if __name__ == "__main__":
    main()
