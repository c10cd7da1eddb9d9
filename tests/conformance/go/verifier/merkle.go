package main

import (
	"bytes"
	"crypto/sha256"
	"math/bits"
)

// The tree of RFC 9162 sec. 2.1, and its proofs (sec. 2.1.3.2 and 2.1.4.2), whose hashes are those of RFC 6962.

func leafHash(entry []byte) []byte {
	digest := sha256.Sum256(append([]byte{0}, entry...))
	return digest[:]
}

func nodeHash(left, right []byte) []byte {
	digest := sha256.Sum256(append(append([]byte{1}, left...), right...))
	return digest[:]
}

func treeHash(leaves [][]byte) []byte {
	switch len(leaves) {
	case 0:
		nothing := sha256.Sum256(nil)
		return nothing[:]
	case 1:
		return leaves[0]
	}
	left := 1 << (bits.Len(uint(len(leaves)-1)) - 1) // the largest power of two below the number
	return nodeHash(treeHash(leaves[:left]), treeHash(leaves[left:]))
}

// rootFromPath climbs from a leaf to the root.
func rootFromPath(index, size int64, leaf []byte, path [][]byte) ([]byte, error) {
	if index >= size {
		return nil, refusal("proof.index")
	}
	fn, sn, r := index, size-1, leaf
	for _, p := range path {
		if sn == 0 {
			return nil, refusal("proof.path_length")
		}
		if fn&1 == 1 || fn == sn {
			r = nodeHash(p, r)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			r = nodeHash(r, p)
		}
		fn, sn = fn>>1, sn>>1
	}
	if sn != 0 {
		return nil, refusal("proof.path_length")
	}
	return r, nil
}

func checkInclusion(index, size int64, root, leaf []byte, path [][]byte) error {
	found, err := rootFromPath(index, size, leaf, path)
	if err == nil && !bytes.Equal(found, root) {
		err = refusal("proof.root")
	}
	return err
}

// checkConsistency holds if the new tree begins with the leaves of the old one.
func checkConsistency(old, now head, path [][]byte) error {
	if old.Size > now.Size {
		return refusal("proof.size")
	}
	oldRoot, newRoot, err := rootsFromPath(old, now, path)
	if err != nil {
		return err
	}
	for _, hash := range path {
		if len(hash) != sha256.Size {
			return refusal("proof.hash")
		}
	}
	if !bytes.Equal(oldRoot, old.Root) {
		return refusal("proof.old_root")
	}
	if !bytes.Equal(newRoot, now.Root) {
		return refusal("proof.root")
	}
	return nil
}

// rootsFromPath climbs from the last complete subtree of the old tree to the root of each.
func rootsFromPath(old, now head, path [][]byte) (oldRoot, newRoot []byte, err error) {
	otherLength := refusal("proof.path_length")
	if old.Size == 0 || old.Size == now.Size {
		if len(path) > 0 {
			return nil, nil, otherLength
		}
		switch {
		case now.Size == 0:
			return treeHash(nil), treeHash(nil), nil
		case old.Size == 0: // every tree extends that of no leaves
			return treeHash(nil), now.Root, nil
		}
		return old.Root, old.Root, nil
	}
	if old.Size&(old.Size-1) == 0 { // a complete subtree: its root is no part of the proof
		path = append([][]byte{old.Root}, path...)
	}
	return climbBoth(old.Size, now.Size, path)
}

// climbBoth climbs from the lowest subtree that ends where the old tree does, the first of the path.
func climbBoth(old, now int64, path [][]byte) (oldRoot, newRoot []byte, err error) {
	otherLength := refusal("proof.path_length")
	if len(path) == 0 {
		return nil, nil, otherLength
	}
	fn, sn := old-1, now-1
	for fn&1 == 1 {
		fn, sn = fn>>1, sn>>1
	}
	oldRoot, newRoot = path[0], path[0]
	for _, c := range path[1:] {
		if sn == 0 {
			return nil, nil, otherLength
		}
		if fn&1 == 1 || fn == sn {
			oldRoot, newRoot = nodeHash(c, oldRoot), nodeHash(c, newRoot)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			newRoot = nodeHash(newRoot, c)
		}
		fn, sn = fn>>1, sn>>1
	}
	if sn != 0 {
		return nil, nil, otherLength
	}
	return oldRoot, newRoot, nil
}

// prefixRoot is the root of the first leaves of a tree (docs/specs/evidence-against-a-log.md).
func prefixRoot(first, size int64, path [][]byte, root []byte) ([]byte, error) {
	if first < 1 || first > size {
		return nil, refusal("proof.size")
	}
	found, climbed := []byte(nil), []byte(nil)
	switch {
	case first < size:
		var err error
		if found, climbed, err = climbBoth(first, size, path); err != nil {
			return nil, err
		}
	case len(path) == 1:
		found, climbed = path[0], path[0]
	default:
		return nil, refusal("proof.path_length")
	}
	if !bytes.Equal(climbed, root) {
		return nil, refusal("proof.root")
	}
	return found, nil
}

func judgeConsistency(v vector) (string, reading, error) {
	path := make([][]byte, len(v.Proof))
	for i, hash := range v.Proof {
		path[i] = hash
	}
	return "consistency", reading{}, checkConsistency(v.Old, v.New, path)
}
