package main

import (
	"fmt"
	"sort"
	"strings"
)

// canonical writes a value as RFC 8785 does. Keys are ASCII, so the order of their bytes is that of UTF-16.
func canonical(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case string:
		return canonicalText(v)
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = canonical(item)
		}
		return "[" + strings.Join(items, ",") + "]"
	case object:
		members := make([]string, 0, len(v))
		for _, name := range namesOf(v) {
			members = append(members, canonicalText(name)+":"+canonical(v[name]))
		}
		return "{" + strings.Join(members, ",") + "}"
	}
	return fmt.Sprint(value) // bool, int64
}

var short = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func canonicalText(text string) string {
	var written strings.Builder
	written.WriteByte('"')
	for _, character := range text {
		if escape, known := short[character]; known {
			written.WriteString(escape)
		} else if character < 0x20 {
			fmt.Fprintf(&written, `\u%04x`, character)
		} else {
			written.WriteRune(character)
		}
	}
	written.WriteByte('"')
	return written.String()
}

func namesOf(members object) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
