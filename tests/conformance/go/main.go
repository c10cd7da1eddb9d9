// Command main checks a log's bytes with Go's checksum database packages, which know nothing of this
// project. It reads one case as JSON from standard input, prints a line for each check that holds, and exits
// with status 1 and the reason at the first that does not.
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Index int64
	Leaf  []byte
	Path  [][]byte
}

type consistency struct {
	Old     int64
	OldRoot []byte
	Path    [][]byte
}

type tile struct {
	Level int
	Index int64
	Width int
	Path  string
	Data  []byte
}

type input struct {
	LogKey      string
	WitnessKey  string
	Checkpoint  string
	Entries     [][]byte
	Inclusion   []inclusion
	Consistency []consistency
	Tiles       []tile
}

// witness verifies Ed25519 cosignatures (algorithm 0x04), which the note package does not know.
type witness struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.id }
func (w witness) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), text)
	return ed25519.Verify(w.key, []byte(message), sig[8:])
}

func newWitness(vkey string) (witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return witness{}, fmt.Errorf("no verifier key: %q", vkey)
	}
	id, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return witness{}, err
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return witness{}, fmt.Errorf("no cosigner's key: %q", vkey)
	}
	return witness{parts[0], uint32(id), key[1:]}, nil
}

func openCheckpoint(in input) (tlog.Tree, error) {
	log, err := note.NewVerifier(in.LogKey)
	if err != nil {
		return tlog.Tree{}, err
	}
	cosigner, err := newWitness(in.WitnessKey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open([]byte(in.Checkpoint), note.VerifierList(log, cosigner))
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(opened.Sigs) != 2 {
		return tlog.Tree{}, fmt.Errorf("%d signatures verified, not 2", len(opened.Sigs))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", log.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// storedHashes rebuilds the tree from the entries.
func storedHashes(entries [][]byte) (tlog.HashReader, error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = stored[index]
		}
		return found, nil
	})
	for i, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, reader)
		if err != nil {
			return nil, err
		}
		stored = append(stored, hashes...)
	}
	return reader, nil
}

func hash(raw []byte) (h tlog.Hash) {
	copy(h[:], raw)
	return h
}

func hashes(path [][]byte) []tlog.Hash {
	list := make([]tlog.Hash, len(path))
	for i, raw := range path {
		list[i] = hash(raw)
	}
	return list
}

func checkTile(t tile, reader tlog.HashReader) error {
	// Go names the height, 8, in the path; C2SP tiles have no other.
	known := tlog.Tile{H: 8, L: t.Level, N: t.Index, W: t.Width}
	if path := strings.Replace(known.Path(), "tile/8/", "tile/", 1); path != t.Path {
		return fmt.Errorf("tile path %s, not %s", t.Path, path)
	}
	data, err := tlog.ReadTileData(known, reader)
	if err == nil && !bytes.Equal(data, t.Data) {
		err = fmt.Errorf("tile %s has other hashes", t.Path)
	}
	return err
}

func run(in input) error {
	tree, err := openCheckpoint(in)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	fmt.Println("checkpoint", tree.N)
	for _, p := range in.Inclusion {
		if err := tlog.CheckRecord(hashes(p.Path), tree.N, tree.Hash, p.Index, hash(p.Leaf)); err != nil {
			return fmt.Errorf("inclusion: %w", err)
		}
	}
	fmt.Println("inclusion", len(in.Inclusion))
	for _, p := range in.Consistency {
		if err := tlog.CheckTree(hashes(p.Path), tree.N, tree.Hash, p.Old, hash(p.OldRoot)); err != nil {
			return fmt.Errorf("consistency: %w", err)
		}
	}
	fmt.Println("consistency", len(in.Consistency))
	reader, err := storedHashes(in.Entries)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(int64(len(in.Entries)), reader)
	if err != nil || root != tree.Hash {
		return fmt.Errorf("entries: the root is %v, not %v (%v)", root, tree.Hash, err)
	}
	fmt.Println("entries", len(in.Entries))
	for _, t := range in.Tiles {
		if err := checkTile(t, reader); err != nil {
			return fmt.Errorf("tile: %w", err)
		}
	}
	fmt.Println("tiles", len(in.Tiles))
	return nil
}

func main() {
	var in input
	err := json.NewDecoder(os.Stdin).Decode(&in)
	if err == nil {
		err = run(in)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
