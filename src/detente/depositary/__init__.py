"""Floor 9: the depositary. The only orchestration: it receives acts, keeps the logs and their keys, signs
checkpoints, and reads the record for somebody. Everything it decides is decided by the floors below.
"""
