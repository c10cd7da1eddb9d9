package main

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"strconv"
	"strings"
)

// Checkpoints (docs/specs/checkpoint.md; C2SP tlog-checkpoint).

type checkpoint struct {
	origin   string
	size     int64
	root     []byte
	cosigned []cosigned
	by       []vkey // of each of cosigned, its key
}

// cosigned is written as the pair of a name and a time.
type cosigned [2]any

var decimalForm = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)

// readDecimal reads a number without a leading zero, of at most 63 bits.
func readDecimal(text string) (int64, bool) {
	number, err := strconv.ParseInt(text, 10, 64)
	return number, err == nil && decimalForm.MatchString(text)
}

func readCheckpointText(text string) (*checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return nil, refusal("checkpoint.lines")
	}
	size, is := readDecimal(lines[1])
	if !is {
		return nil, refusal("checkpoint.size")
	}
	root, strict := fromBase64(lines[2])
	if !strict || len(root) != sha256.Size || size == 0 && !bytes.Equal(root, treeHash(nil)) {
		return nil, refusal("checkpoint.root")
	}
	if lines[0] == "" {
		return nil, refusal("checkpoint.origin")
	}
	return &checkpoint{origin: lines[0], size: size, root: root}, nil
}

// openCheckpoint reads a checkpoint of the log and verifies all known lines. The stage is the one that refuses.
func openCheckpoint(raw []byte, log vkey, cosigners []vkey) (read *checkpoint, stage string, err error) {
	keys := append([]vkey{log}, cosigners...)
	signed, err := readNote(raw)
	if err != nil {
		return nil, "note", err
	}
	opened, err := signed.open(keys)
	if err != nil {
		return nil, "note", err
	}
	for i, key := range keys {
		for _, other := range keys[:i] {
			if bytes.Equal(other.public, key.public) {
				return nil, "checkpoint", refusal("note.shared_key")
			}
		}
	}
	byLog, by, keysOf := false, []cosigned{}, []vkey{}
	for _, line := range opened {
		if line.time == nil { // the log's key is the only one here that states none
			byLog = true
		} else {
			by, keysOf = append(by, cosigned{line.key.name, *line.time}), append(keysOf, line.key)
		}
	}
	if !byLog {
		return nil, "checkpoint", refusal("checkpoint.unsigned")
	}
	if read, err = readCheckpointText(signed.text); err != nil {
		return nil, "checkpoint", err
	}
	if read.origin != log.name {
		return nil, "checkpoint", refusal("checkpoint.origin")
	}
	read.cosigned, read.by = by, keysOf
	return read, "", nil
}

// openKnown is openCheckpoint with the keys of a vector.
func openKnown(raw []byte, v vector) (*checkpoint, string, error) {
	logs, err := readVkeys([]string{v.Log}, plainEd25519)
	if err != nil {
		return nil, "vkey", err
	}
	cosigners, err := readVkeys(v.Cosigners, cosignerEd25519, cosignerMLDSA44)
	if err != nil {
		return nil, "vkey", err
	}
	return openCheckpoint(raw, logs[0], cosigners)
}

func judgeCheckpoint(v vector) (string, reading, error) {
	read, stage, err := openKnown(v.raw(), v)
	if err != nil {
		return stage, nil, err
	}
	return "", reading{
		"origin": read.origin, "size": read.size, "root": toBase64(read.root), "cosigned": read.cosigned,
	}, nil
}
