package main

import (
	"regexp"
	"strings"
)

// The convening act as a proof of facts reads it (docs/specs/state-statement.md, "Checking one"): its members, and the rules
// for it.

var (
	originForm  = regexp.MustCompile(`^detente/[a-z2-7]{26}(/[A-Za-z-]{1,20})?$`)
	subjectForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	openToForm  = regexp.MustCompile(`^(members|public)$`)
)

// form says whether a value has the form of a member.
type form func(value any) bool

func aText(form *regexp.Regexp) form {
	return func(value any) bool {
		text, is := value.(string)
		return is && form.MatchString(text)
	}
}

func anyText(value any) bool { _, is := value.(string); return is }

func aNumber(value any) bool { _, is := value.(int64); return is }

func numberFrom(least, most int64) form {
	return func(value any) bool {
		number, is := value.(int64)
		return is && least <= number && number <= most
	}
}

func listOf(item form) form {
	return func(value any) bool {
		list, is := value.([]any)
		for _, one := range list {
			is = is && item(one)
		}
		return is
	}
}

func pairOf(first, second form) form {
	return func(value any) bool {
		list, is := value.([]any)
		return is && len(list) == 2 && first(list[0]) && second(list[1])
	}
}

var conveneForms = map[string]form{
	"v":            numberFrom(1, 1),
	"act":          anyText,
	"proc":         aText(originForm),
	"iat":          numberFrom(0, latestSecond),
	"seq":          aNumber,
	"procedure":    aNumber,
	"prev":         anyText,
	"nonce":        anyText,
	"seen":         pairOf(aNumber, anyText),
	"aud":          listOf(anyText),
	"_sd":          listOf(anyText),
	"label":        aText(labelForm),
	"convenor":     aText(personForm),
	"keeper":       aText(personForm),
	"convenor_key": aText(keyForm),
	"keeper_key":   aText(keyForm),
	"log_key":      aText(keyForm),
	"sides":        listOf(aText(sideForm)),
	"open_to":      aText(openToForm),
}

// defaulted may be left out, by default as the text says.
var defaulted = map[string]struct {
	form form
	text string
}{
	"on":               {pairOf(aText(subjectForm), aText(keyForm)), "null"},
	"cosigners":        {listOf(anyText), "[]"},
	"quorum":           {numberFrom(0, largestInteger), "0"},
	"convenor_sealing": {aText(keyForm), "null"},
	"log_mldsa_key":    {aText(mldsaKeyForm), "null"},
}

func checkConveneForms(payload object) error {
	for name, is := range conveneForms {
		if value, there := payload[name]; !there || !is(value) {
			return refusal("act.malformed")
		}
	}
	spelled := false
	for name, value := range payload {
		_, needed := conveneForms[name]
		told, known := defaulted[name]
		byDefault := known && canonical(value) == told.text
		if !needed && !byDefault && (!known || !told.form(value)) {
			return refusal("act.malformed")
		}
		spelled = spelled || byDefault
	}
	if spelled {
		return refusal("json.not_canonical")
	}
	return nil
}

// refuseConvening names what the rules refuse in a convening act that has its members. Where they refuse several things, the
// first stands for all.
func refuseConvening(act *envelope) error {
	told := func(name string) string { return textOf(act.payload[name]) }
	convenorKey, strict := fromBase64URL(told("convenor_key"))
	if !strict || thumbprint(convenorKey) != act.kid {
		return refusal("key.unknown")
	}
	sides := textsOf(act.payload["sides"])
	audience := textsOf(act.payload["aud"])
	cosigners := textsOf(act.payload["cosigners"])
	quorum, _ := act.payload["quorum"].(int64)
	sequence := act.payload["seq"].(int64)
	known := append([]string{"all", "M", told("convenor"), told("keeper")}, sides...)
	origin := processID(object{
		"label": told("label"), "log": told("log_key"), "convenor": told("convenor_key"), "nonce": told("nonce"),
	})
	for _, rule := range []struct {
		broken bool
		code   string
	}{
		{sequence < 0, "act.replayed"},
		{sequence > 0 || told("prev") != "", "act.out_of_order"},
		{len(audience) == 0 || !allIn(audience, known), "act.audience"},
		{act.payload["procedure"] != int64(1) && act.payload["procedure"] != int64(2) && act.payload["procedure"] != int64(3), "procedure.edition"},
		{told("proc") != origin, "convening.origin"},
		{len(sides) < 2 || hasTwice(sides) || contains(sides, "M"), "convening.sides"},
		{quorum > int64(len(cosigners)), "convening.quorum"},
		{told("convenor") == told("keeper") || told("convenor_key") == told("keeper_key"), "convening.person"},
		{contains(sides, told("convenor")) || contains(sides, told("keeper")) || told("keeper") == "M", "convening.id"},
	} {
		if rule.broken {
			return refusal(rule.code)
		}
	}
	keys, err := readVkeys(cosigners, cosignerEd25519, cosignerMLDSA44)
	if err != nil {
		return err
	}
	var names, publics []string
	for _, key := range keys {
		names = append(names, key.name)
		publics = append(publics, string(key.public))
		if key.name == origin || strings.HasPrefix(key.name, origin+"/") {
			return refusal("convening.cosigners")
		}
	}
	for _, name := range []string{"log_key", "log_mldsa_key"} {
		if own, _ := fromBase64URL(told(name)); len(own) > 0 {
			publics = append(publics, string(own))
		}
	}
	if hasTwice(names) || hasTwice(publics) {
		return refusal("convening.cosigners")
	}
	return checkConveneKeys(told)
}

func checkConveneKeys(told func(name string) string) error {
	for _, name := range []string{"convenor_key", "keeper_key", "log_key", "convenor_sealing", "log_mldsa_key"} {
		raw, strict := fromBase64URL(told(name))
		if !strict {
			return refusal("base64.not_canonical")
		}
		err := error(nil)
		switch {
		case strings.HasSuffix(name, "_key") && name != "log_mldsa_key":
			err = checkKey(raw)
		case name == "convenor_sealing" && told(name) != "":
			err = checkRecipient(raw)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// textsOf are the texts of a list, and none of what is no list.
func textsOf(value any) (texts []string) {
	list, _ := value.([]any)
	for _, item := range list {
		texts = append(texts, textOf(item))
	}
	return texts
}

func allIn(texts, known []string) bool {
	for _, text := range texts {
		if !contains(known, text) {
			return false
		}
	}
	return true
}

func hasTwice(texts []string) bool {
	for i, text := range texts {
		if contains(texts[:i], text) {
			return true
		}
	}
	return false
}
