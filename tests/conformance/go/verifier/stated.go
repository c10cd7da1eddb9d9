package main

import "regexp"

// What a proof reads of an act (docs/specs/proof-of-an-act.md, "Checking one"): its members and their forms.

const latestSecond = 253402300799

var (
	personForm   = regexp.MustCompile(`^[A-Z][A-Za-z0-9]{0,15}(\.[a-z0-9]{1,16})?$`)
	sideForm     = regexp.MustCompile(`^[A-Z]$`)
	roleForm     = regexp.MustCompile(`^[a-z_]{1,40}$`)
	labelForm    = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)
	octetsForm   = regexp.MustCompile(`^[A-Za-z0-9_-]{1,100}$`)
	keyForm      = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)
	vkeyForm     = regexp.MustCompile(`^[!-~]{1,1000}[!-~]{0,1000}$`)
	mldsaKeyForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1000}[A-Za-z0-9_-]{750}$`) // more than 1000 at once Go does not take
)

// member is one that is read of a kind. decoded: its base64url is.
type member struct {
	name    string
	form    *regexp.Regexp
	mayLack bool
	decoded bool
}

// namesCosigner is the kind that names a cosigner after convening.
const namesCosigner = "name_cosigner"

// restsOn has the kinds that a key or a cosigner rests on.
var restsOn = map[any][]member{
	"convene": {
		{name: "label", form: labelForm},
		{name: "nonce", form: octetsForm},
		{name: "convenor", form: personForm},
		{name: "convenor_key", form: keyForm, decoded: true},
		{name: "keeper", form: personForm},
		{name: "keeper_key", form: keyForm, decoded: true},
		{name: "log_key", form: keyForm, decoded: true},
		{name: "log_mldsa_key", form: mldsaKeyForm, mayLack: true, decoded: true},
	},
	"admit": {
		{name: "person", form: personForm},
		{name: "role", form: roleForm},
		{name: "side", form: sideForm, mayLack: true},
	},
	"enrol": {
		{name: "person", form: personForm},
		{name: "public", form: keyForm, decoded: true},
		{name: "possession", form: octetsForm},
		{name: "sealing", form: keyForm, mayLack: true},
	},
	namesCosigner: {
		{name: "vkey", form: vkeyForm},
	},
}

// checkStated: the act is of a kind that is known, and what is read of it is of its form.
func checkStated(payload object) error {
	malformed := refusal("act.malformed")
	version, versionIs := payload["v"].(int64)
	kind, kindIs := payload["act"].(string)
	if !versionIs || !kindIs {
		return malformed
	}
	if _, known := clearFieldsOf[kind]; !known || version != 1 {
		return refusal("proved.unknown")
	}
	_, procIs := payload["proc"].(string)
	at, atIs := payload["iat"].(int64)
	_, digestsAre := payload["_sd"].([]any)
	if !procIs || !atIs || at < 0 || at > latestSecond || !digestsAre {
		return malformed
	}
	for _, read := range restsOn[kind] {
		value, there := payload[read.name]
		text, is := value.(string)
		if !there && read.mayLack {
			continue
		}
		if !is || !read.form.MatchString(text) {
			return malformed
		}
		if _, strict := fromBase64URL(text); read.decoded && !strict {
			return refusal("base64.not_canonical")
		}
	}
	if cosigners, there := payload["cosigners"]; there && kind == "convene" && !areTexts(cosigners) {
		return malformed
	}
	return nil
}

func areTexts(value any) bool {
	list, is := value.([]any)
	for _, item := range list {
		_, isText := item.(string)
		is = is && isText
	}
	return is
}
