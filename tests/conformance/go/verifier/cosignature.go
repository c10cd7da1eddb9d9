package main

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Cosignatures (docs/specs/cosignature.md; C2SP tlog-cosignature).

const (
	timeSize    = 8
	longestName = 255
)

// verifyCosignature checks a time and a signature. Nothing but a checkpoint can be cosigned.
func (k *vkey) verifyCosignature(text string, raw []byte) (*uint64, error) {
	said, err := readCheckpointText(text)
	if err != nil {
		return nil, err
	}
	if len(raw) < timeSize {
		return nil, refusal("note.signature")
	}
	time := binary.BigEndian.Uint64(raw)
	if time > math.MaxInt64 {
		return nil, refusal("cosignature.time")
	}
	holds := false
	if k.algorithm == cosignerEd25519 {
		message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
		holds = signatureHolds(k.public, []byte(message), raw[timeSize:])
	} else {
		message, err := subtreeMessage(k.name, time, said)
		if err != nil {
			return nil, err
		}
		holds = verifyMLDSA44(k.public, message, raw[timeSize:])
	}
	if !holds {
		return nil, refusal("note.signature")
	}
	return &time, nil
}

// subtreeMessage is what ML-DSA-44 signs: not the text, but what the checkpoint says.
func subtreeMessage(name string, time uint64, said *checkpoint) ([]byte, error) {
	if len(name) > longestName || len(said.origin) > longestName {
		return nil, refusal("cosignature.name")
	}
	message := []byte("subtree/v1\n\x00")
	message = append(append(message, byte(len(name))), name...)
	message = append(message, bigEndian(time)...)
	message = append(append(message, byte(len(said.origin))), said.origin...)
	message = append(message, bigEndian(0)...)
	message = append(message, bigEndian(uint64(said.size))...)
	return append(message, said.root...), nil
}

func bigEndian(number uint64) []byte {
	var raw [8]byte
	binary.BigEndian.PutUint64(raw[:], number)
	return raw[:]
}
