package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// Tiles and entry bundles (docs/specs/tiles.md; C2SP tlog-tiles).

const (
	tileWidth    = 256
	highestLevel = 63
)

var tilePath = regexp.MustCompile(
	`^tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?$`,
)

func readTilePath(path string) (reading, error) {
	parts := tilePath.FindStringSubmatch(path)
	if parts == nil || strings.HasPrefix(parts[2], "x000/") {
		return nil, refusal("tile.path")
	}
	read := reading{"level": nil, "width": tileWidth}
	if parts[1] != "entries" {
		level, _ := strconv.Atoi(parts[1])
		if level > highestLevel {
			return nil, refusal("tile.path")
		}
		read["level"] = level
	}
	index, _ := new(big.Int).SetString(strings.NewReplacer("x", "", "/", "").Replace(parts[2]), 10)
	read["index"] = index
	if parts[3] != "" {
		width, _ := strconv.Atoi(parts[3])
		if width >= tileWidth {
			return nil, refusal("tile.path")
		}
		read["width"] = width
	}
	return read, nil
}

func readHashes(raw []byte) ([][]byte, error) {
	if len(raw)%sha256.Size != 0 {
		return nil, refusal("tile.hash")
	}
	items := [][]byte{}
	for ; len(raw) > 0; raw = raw[sha256.Size:] {
		items = append(items, raw[:sha256.Size])
	}
	return items, checkWidth(items)
}

func readBundle(raw []byte) ([][]byte, error) {
	items := [][]byte{}
	for len(raw) > 0 {
		if len(raw) < 2 {
			return nil, refusal("tile.truncated")
		}
		length := int(binary.BigEndian.Uint16(raw))
		if raw = raw[2:]; len(raw) < length {
			return nil, refusal("tile.truncated")
		}
		items = append(items, raw[:length])
		raw = raw[length:]
	}
	return items, checkWidth(items)
}

func checkWidth(items [][]byte) error {
	if len(items) == 0 || len(items) > tileWidth {
		return refusal("tile.width")
	}
	return nil
}

func judgeTile(v vector) (string, reading, error) {
	var items [][]byte
	var err error
	switch {
	case v.Path != nil:
		read, err := readTilePath(*v.Path)
		return "tile", read, err
	case v.Hashes != nil:
		items, err = readHashes(*v.Hashes)
	case v.Bundle != nil:
		items, err = readBundle(*v.Bundle)
	default:
		return "tile", nil, fmt.Errorf("neither a path nor a tile")
	}
	spelled := make([]string, len(items))
	for i, item := range items {
		spelled[i] = hex.EncodeToString(item)
	}
	return "tile", reading{"items": spelled}, err
}
