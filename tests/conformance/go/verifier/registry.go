package main

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// What the acts of a main log say of keys (docs/specs/act.md, "Keys in the record"). Whoever was entitled to enrol a key,
// and which act is regular, is for the procedure, which is not here.

// holder is a person's key. enrolled: number of the act that brought it, from 1.
type holder struct {
	person   string
	public   []byte
	enrolled int64
}

type registry struct {
	origin    string
	keeper    string
	logKey    []byte
	mldsa     []byte   // the log's second key, or nothing
	convenor  []byte   // their key
	named     []string // the cosigners' keys, as text
	cosigners []vkey
	sides     []string
	keys      map[string]holder
}

// clearFields reads members of a payload, and notes if one is not of its type.
type clearFields struct {
	payload   object
	malformed bool
}

func (f *clearFields) text(name string) string {
	text, is := f.payload[name].(string)
	f.malformed = f.malformed || !is
	return text
}

func (f *clearFields) key(name string) []byte {
	raw, strict := fromBase64URL(f.text(name))
	f.malformed = f.malformed || !strict || len(raw) != 32
	return raw
}

func (f *clearFields) texts(name string) []string {
	list, is := f.payload[name].([]any)
	f.malformed = f.malformed || !is && f.payload[name] != nil
	texts := make([]string, len(list))
	for i, item := range list {
		texts[i], is = item.(string)
		f.malformed = f.malformed || !is
	}
	return texts
}

// convene reads the act that brings the first keys, and derives the process id from it.
func convene(payload object) (*registry, error) {
	f := clearFields{payload: payload}
	convenorKey, keeperKey := f.key("convenor_key"), f.key("keeper_key")
	r := &registry{
		origin: processID(object{
			"label": f.text("label"), "log": f.text("log_key"), "convenor": f.text("convenor_key"), "nonce": f.text("nonce"),
		}),
		keeper:   f.text("keeper"),
		logKey:   f.key("log_key"),
		convenor: convenorKey,
		named:    f.texts("cosigners"),
		keys: map[string]holder{
			thumbprint(convenorKey): {f.text("convenor"), convenorKey, 1},
			thumbprint(keeperKey):   {f.text("keeper"), keeperKey, 1},
		},
	}
	if f.malformed {
		return nil, refusal("act.malformed")
	}
	r.mldsa, _ = fromBase64URL(textOf(payload["log_mldsa_key"]))
	return r, nil
}

// nameSides reads the sides, which have chambers.
func (r *registry) nameSides(payload object) error {
	f := clearFields{payload: payload}
	if r.sides = f.texts("sides"); f.malformed {
		return refusal("act.malformed")
	}
	return nil
}

// nameCosigners reads the keys of the cosigners, once the convening act is verified. One under the name of a log of the
// process is none.
func (r *registry) nameCosigners() error {
	keys, err := readVkeys(r.named, cosignerEd25519, cosignerMLDSA44)
	r.cosigners = nil
	for _, key := range keys {
		if !r.isLog(key.name) {
			r.cosigners = append(r.cosigners, key)
		}
	}
	return err
}

func (r *registry) isLog(name string) bool {
	return name == r.origin || strings.HasPrefix(name, r.origin+"/")
}

func processID(stated object) string {
	digest := sha256.Sum256([]byte(canonical(stated)))
	return "detente/" + strings.ToLower(base32.StdEncoding.EncodeToString(digest[:]))[:26]
}

// enrol takes in the key of an act `enrol`, if its possession is proved. It stays the first one's who brings it.
func (r *registry) enrol(payload object, number int64) error {
	f := clearFields{payload: payload}
	person, public := f.text("person"), f.key("public")
	proof, strict := fromBase64URL(f.text("possession"))
	stated := object{"key": thumbprint(public), "origin": r.origin, "person": person}
	if _, there := payload["sealing"]; there {
		stated["sealing"] = f.text("sealing")
	}
	if f.malformed {
		return refusal("act.malformed")
	}
	if err := checkKey(public); err != nil {
		return err
	}
	message := "detente proof of possession v1\n" + canonical(stated)
	if !strict || !signatureHolds(public, []byte(message), proof) {
		return refusal("key.possession")
	}
	if _, known := r.keys[thumbprint(public)]; !known {
		r.keys[thumbprint(public)] = holder{person, public, number}
	}
	return nil
}

// log is the verifier key of the main log or of a chamber, which is named by its origin.
func (r *registry) log(origin string) vkey {
	return vkey{origin, keyID(origin, append([]byte{plainEd25519}, r.logKey...)), plainEd25519, r.logKey}
}

// mldsaKey is the log's second key, if it has one.
func (r *registry) mldsaKey(origin string) []vkey {
	if len(r.mldsa) == 0 {
		return nil
	}
	id := keyID(origin, append([]byte{cosignerMLDSA44}, r.mldsa...))
	return []vkey{{origin, id, cosignerMLDSA44, r.mldsa}}
}

// chambers are those that a copy can hold, in their order.
func (r *registry) chambers() []string {
	names := []string{"mediators"}
	for _, side := range r.sides {
		names = append(names, "side-"+side)
	}
	for _, side := range r.sides {
		names = append(names, "mediators-"+side)
	}
	return names
}
