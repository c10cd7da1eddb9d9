package main

import (
	"bytes"
	"crypto/sha256"
	"strings"
)

// Receipts (docs/specs/receipt.md; C2SP tlog-proof).

const (
	proofVersion = "c2sp.org/tlog-proof@v1"
	longestPath  = 63 // a size has at most 63 bits
)

type receipt struct {
	index int64
	path  [][]byte
	note  []byte
}

func readReceipt(raw []byte) (*receipt, error) {
	heading, note, parted := bytes.Cut(raw, []byte("\n\n"))
	lines := strings.Split(string(heading), "\n")
	if !parted || !isASCII(string(heading)) || lines[0] != proofVersion {
		return nil, refusal("proof.malformed")
	}
	if len(lines) > 1 && strings.HasPrefix(lines[1], "extra ") {
		return nil, refusal("proof.extra")
	}
	if len(lines) < 2 || !strings.HasPrefix(lines[1], "index ") {
		return nil, refusal("proof.index")
	}
	index, is := readDecimal(strings.TrimPrefix(lines[1], "index "))
	if !is {
		return nil, refusal("proof.index")
	}
	read := &receipt{index: index, note: note}
	if len(lines)-2 > longestPath {
		return nil, refusal("proof.path_length")
	}
	for _, line := range lines[2:] {
		hash, strict := fromBase64(line)
		if !strict || len(hash) != sha256.Size {
			return nil, refusal("proof.hash")
		}
		read.path = append(read.path, hash)
	}
	return read, nil
}

func judgeProof(v vector) (string, reading, error) {
	read, err := readReceipt(v.raw())
	if err != nil {
		return "proof", nil, err
	}
	head, stage, err := openKnown(read.note, v)
	if err != nil {
		return stage, nil, err
	}
	err = checkInclusion(read.index, head.size, head.root, v.Leaf, read.path)
	return "proof", reading{"index": read.index, "size": head.size, "cosigned": head.cosigned}, err
}
