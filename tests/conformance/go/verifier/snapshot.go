package main

import (
	"bytes"
	"crypto/sha256"
	"math/bits"
)

// The verified snapshot (docs/specs/state-statement.md). The state's bytes are left unread: their shape is one program's.

const snapshotVersion = "detente verified snapshot v1"

type snapshot struct {
	proofOfFacts // which begins alike
}

// edge: the roots of the complete subtrees, the largest first, lead to the root that the statement names.
func (s *snapshot) edge() error {
	count, err := s.lines.numbered("edge")
	if err != nil {
		return err
	}
	if count != int64(bits.OnesCount64(uint64(s.said.size))) {
		return s.lines.fault("number")
	}
	hashes, err := s.lines.hashes(count, longestPath)
	if err != nil {
		return err
	}
	root := hashes[len(hashes)-1]
	for i := len(hashes) - 2; i >= 0; i-- {
		root = nodeHash(hashes[i], root)
	}
	if !bytes.Equal(root, s.said.root) {
		return s.lines.fault("edge")
	}
	return nil
}

// state: what follows is what the statement signs.
func (s *snapshot) state() ([]byte, error) {
	spelled, err := s.lines.text("salt")
	if err != nil {
		return nil, err
	}
	salt, err := s.lines.hash([]byte(spelled))
	if err != nil {
		return nil, err
	}
	length, err := s.lines.numbered("state")
	if err != nil {
		return nil, err
	}
	raw := s.lines.raw[s.lines.at:]
	digest := sha256.Sum256(append(salt, raw...))
	if int64(len(raw)) != length || !bytes.Equal(digest[:], s.said.state) {
		return nil, s.lines.fault("state")
	}
	return raw, nil
}

func verifySnapshot(raw []byte) (reading, error) {
	s := &snapshot{proofOfFacts{proofOfAnAct: proofOfAnAct{lines: container{kind: "snapshot", raw: raw}}}}
	if err := s.anchor(snapshotVersion); err != nil {
		return nil, err
	}
	if err := s.edge(); err != nil {
		return nil, err
	}
	state, err := s.state()
	if err != nil {
		return nil, err
	}
	read := s.told()
	read["state"] = toLatin1(state)
	return read, nil
}

func judgeSnapshot(v vector) (string, reading, error) {
	read, err := verifySnapshot(v.raw())
	return "snapshot", read, err
}
