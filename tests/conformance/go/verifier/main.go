// Command verifier judges this project's vectors, and was written from docs/specs and vectors alone. It takes
// vector files, or folders of them, and prints one JSON line each: the file, the stage that refused it (or
// "accepted"), the code, and what was read.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// refusal is the code of what does not hold.
type refusal string

func (r refusal) Error() string { return string(r) }

// reading is what an accepted input says, by the names of the vector files.
type reading map[string]any

type verdict struct {
	File  string  `json:"file"`
	Stage string  `json:"stage"`
	Code  string  `json:"code"`
	Read  reading `json:"read"`
}

// judges has a function for each folder of vectors. It names the stage at which it stopped.
var judges = map[string]func(vector) (stage string, read reading, err error){
	"act":         judgeAct,
	"bundle":      judgeBundle,
	"checkpoint":  judgeCheckpoint,
	"consistency": judgeConsistency,
	"copy":        judgeCopy,
	"evidence":    judgeEvidence,
	"facts":       judgeFacts,
	"later":       judgeLater,
	"note":        judgeNote,
	"pouch":       judgePouch,
	"policy":      judgePolicy,
	"proof":       judgeProof,
	"proved":      judgeProved,
	"records":     judgeCopy,
	"sealing":     judgeSealing,
	"snapshot":    judgeSnapshot,
	"stamps":      judgeStamps,
	"tile":        judgeTile,
	"token":       judgeToken,
}

func judge(path string) (verdict, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return verdict{}, err
	}
	folder := filepath.Base(filepath.Dir(path))
	v := verdict{File: folder + "/" + filepath.Base(path), Read: reading{}}
	function, known := judges[folder]
	if !known {
		return v, fmt.Errorf("%s: no vectors of this kind are judged here", path)
	}
	input, err := readVector(path, content)
	if err != nil {
		return v, fmt.Errorf("%s: %w", path, err)
	}
	stage, read, err := function(input)
	var code refusal
	switch {
	case err == nil:
		v.Stage, v.Read = "accepted", read
	case errors.As(err, &code):
		v.Stage, v.Code = stage, string(code)
	default:
		return v, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}

// files are those named, and in the folders named the vectors and the copies, but not the records' answers.
func files(arguments []string) (list []string) {
	for _, argument := range arguments {
		found := []string{argument}
		if info, err := os.Stat(argument); err == nil && info.IsDir() {
			vectors, _ := filepath.Glob(filepath.Join(argument, "*.json"))
			copies, _ := filepath.Glob(filepath.Join(argument, "*.copy"))
			found = vectors
			if len(copies) > 0 {
				found = copies
			}
		}
		list = append(list, found...)
	}
	return list
}

func run(arguments []string) error {
	output := json.NewEncoder(os.Stdout)
	for _, path := range files(arguments) {
		v, err := judge(path)
		if err != nil {
			return err
		}
		if err := output.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
