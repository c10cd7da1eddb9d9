package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"time"
)

// Time stamps (docs/specs/time-stamp.md; RFC 3161, RFC 5652).

const (
	stampsVersion = "detente time stamps v1"
	mostStamps    = 100
)

var (
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
)

type timeStampResp struct {
	Status struct {
		Status int
		Text   asn1.RawValue  `asn1:"optional,tag:16"`
		Fault  asn1.BitString `asn1:"optional"`
	}
	Token struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	} `asn1:"optional"`
}

type signedData struct {
	Version int
	Digests []pkix.AlgorithmIdentifier `asn1:"set"`
	Content struct {
		Type    asn1.ObjectIdentifier
		Content []byte `asn1:"explicit,tag:0"`
	}
	Certificates asn1.RawValue `asn1:"optional,tag:0"`
	Revoked      asn1.RawValue `asn1:"optional,tag:1"`
	Signers      []signerInfo  `asn1:"set"`
}

type signerInfo struct {
	Version    int
	Identifier struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	Digest     pkix.AlgorithmIdentifier
	Attributes asn1.RawValue `asn1:"optional,tag:0"`
	Algorithm  pkix.AlgorithmIdentifier
	Signature  []byte
}

type tstInfo struct {
	Version int
	Policy  asn1.ObjectIdentifier
	Imprint struct {
		Algorithm pkix.AlgorithmIdentifier
		Hash      []byte
	}
	Serial *big.Int
	Time   time.Time // what stands after it is not read
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values asn1.RawValue
}

// stamp is one that holds: when it was made, by whom, and when its certificate ends.
type stamp struct {
	at        int64
	authority string
	ends      int64
}

// whole reads a DER value that is all there is.
func whole(raw []byte, into any) bool {
	rest, err := asn1.Unmarshal(raw, into)
	return err == nil && len(rest) == 0
}

// readStamp takes an authority's answer apart.
func readStamp(raw []byte) (signed signedData, info tstInfo, err error) {
	none := refusal("stamp.answer")
	var answer timeStampResp
	if !whole(raw, &answer) {
		return signed, info, none
	}
	if answer.Status.Status != 0 {
		return signed, info, refusal("stamp.refused")
	}
	if !answer.Token.Type.Equal(oidSignedData) || !whole(answer.Token.Content.Bytes, &signed) ||
		!signed.Content.Type.Equal(oidTSTInfo) {
		return signed, info, none
	}
	var sequence asn1.RawValue
	if !whole(signed.Content.Content, &sequence) {
		return signed, info, none
	}
	rest := sequence.Bytes
	for _, into := range []any{&info.Version, &info.Policy, &info.Imprint, &info.Serial} {
		if rest, err = asn1.Unmarshal(rest, into); err != nil {
			return signed, info, none
		}
	}
	if _, err = asn1.UnmarshalWithParams(rest, &info.Time, "generalized"); err != nil {
		return signed, info, none
	}
	return signed, info, nil
}

// signer is the certificate of whoever signed the answer, if all of its signature holds.
func signer(signed signedData, info tstInfo, roots *x509.CertPool) *x509.Certificate {
	certificates, err := x509.ParseCertificates(signed.Certificates.Bytes)
	if err != nil || len(signed.Signers) != 1 {
		return nil
	}
	by := signed.Signers[0]
	digest := sha256.Sum256(signed.Content.Content)
	if !by.Digest.Algorithm.Equal(oidSHA256) || !attributesHold(by.Attributes.Bytes, digest[:]) {
		return nil
	}
	others := x509.NewCertPool()
	for _, certificate := range certificates {
		others.AddCert(certificate)
	}
	message := append([]byte{}, by.Attributes.FullBytes...)
	message[0] = 0x31 // signed as a SET (RFC 5652 sec. 5.4)
	for _, certificate := range certificates {
		if !bytes.Equal(certificate.RawIssuer, by.Identifier.Issuer.FullBytes) ||
			certificate.SerialNumber.Cmp(by.Identifier.Serial) != 0 {
			continue
		}
		_, err := certificate.Verify(x509.VerifyOptions{
			Roots: roots, Intermediates: others, CurrentTime: info.Time,
			KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
		})
		if err != nil || certificate.CheckSignature(algorithmOf(certificate), message, by.Signature) != nil {
			return nil
		}
		return certificate
	}
	return nil
}

// algorithmOf a signature by this certificate's key, over SHA-256.
func algorithmOf(certificate *x509.Certificate) x509.SignatureAlgorithm {
	if certificate.PublicKeyAlgorithm == x509.ECDSA {
		return x509.ECDSAWithSHA256
	}
	return x509.SHA256WithRSA
}

// attributesHold: the two that RFC 5652 asks for.
func attributesHold(raw, digest []byte) bool {
	content, hashed := false, false
	for len(raw) > 0 {
		var one attribute
		rest, err := asn1.Unmarshal(raw, &one)
		if err != nil {
			return false
		}
		raw = rest
		var said asn1.ObjectIdentifier
		var hash []byte
		content = content || one.Type.Equal(oidContentType) && whole(one.Values.Bytes, &said) && said.Equal(oidTSTInfo)
		hashed = hashed || one.Type.Equal(oidMessageDigest) && whole(one.Values.Bytes, &hash) && bytes.Equal(hash, digest)
	}
	return content && hashed
}

func checkStamp(message, answer []byte, roots *x509.CertPool) (stamp, error) {
	signed, info, err := readStamp(answer)
	if err != nil {
		return stamp{}, err
	}
	digest := sha256.Sum256(message)
	if !info.Imprint.Algorithm.Algorithm.Equal(oidSHA256) || !bytes.Equal(info.Imprint.Hash, digest[:]) {
		return stamp{}, refusal("stamp.imprint")
	}
	by := signer(signed, info, roots)
	if by == nil {
		return stamp{}, refusal("stamp.authority")
	}
	return stamp{info.Time.Unix(), by.Subject.CommonName, by.NotAfter.Unix()}, nil
}

func checkStamps(note []byte, answers [][]byte, roots *x509.CertPool, now int64) (found []stamp, err error) {
	message := append([]byte{}, note...)
	for _, answer := range answers {
		one, err := checkStamp(message, answer, roots)
		if err != nil {
			return nil, err
		}
		found, message = append(found, one), append(message, answer...)
	}
	for i := range found[1:] {
		if found[i+1].at < found[i].at {
			return nil, refusal("stamp.order")
		}
	}
	for i, one := range found {
		asked := now
		if i+1 < len(found) {
			asked = found[i+1].at
		}
		if asked > one.ends {
			return nil, refusal("stamp.ended")
		}
	}
	return found, nil
}

// stampAnswers reads the answers on one checkpoint.
func stampAnswers(lines *container) (answers [][]byte, err error) {
	count, err := lines.numbered("stamps")
	if err != nil {
		return nil, err
	}
	if count < 1 || count > mostStamps {
		return nil, lines.fault("number")
	}
	for ; count > 0; count-- {
		line, err := lines.line()
		if err != nil {
			return nil, err
		}
		answer, err := base64.StdEncoding.Strict().DecodeString(string(line))
		if err != nil || toBase64(answer) != string(line) {
			return nil, lines.fault("stamp")
		}
		answers = append(answers, answer)
	}
	return answers, nil
}

// stampsHeading reads what the process id is derived from.
func stampsHeading(lines *container) (r *registry, checkpoints int64, err error) {
	version, err := lines.line()
	if err != nil {
		return nil, 0, err
	}
	if string(version) != stampsVersion {
		return nil, 0, lines.fault("version")
	}
	said := map[string]string{}
	for _, word := range []string{"process", "label", "log_key", "convenor_key", "nonce"} {
		if said[word], err = lines.text(word); err != nil {
			return nil, 0, err
		}
	}
	origin := processID(object{
		"label": said["label"], "log": said["log_key"], "convenor": said["convenor_key"], "nonce": said["nonce"],
	})
	if origin != said["process"] {
		return nil, 0, lines.fault("process")
	}
	key, strict := fromBase64URL(said["log_key"])
	if !strict {
		return nil, 0, refusal("base64.not_canonical")
	}
	if err := checkKey(key); err != nil {
		return nil, 0, err
	}
	checkpoints, err = lines.numbered("checkpoints")
	return &registry{origin: origin, logKey: key}, checkpoints, err
}

func verifyStamps(raw []byte, roots *x509.CertPool, now int64) (reading, error) {
	lines := &container{kind: "stamps", raw: raw}
	log, checkpoints, err := stampsHeading(lines)
	if err != nil {
		return nil, err
	}
	read, last := [][2]any{}, int64(-1)
	for ; checkpoints > 0; checkpoints-- {
		count, err := lines.numbered("checkpoint")
		if err != nil {
			return nil, err
		}
		note, err := lines.note(count)
		if err != nil {
			return nil, err
		}
		head, _, err := openCheckpoint(note, log.log(log.origin), nil)
		if err != nil {
			return nil, err
		}
		if head.size <= last {
			return nil, lines.fault("order")
		}
		answers, err := stampAnswers(lines)
		if err != nil {
			return nil, err
		}
		found, err := checkStamps(note, answers, roots, now)
		if err != nil {
			return nil, err
		}
		told := [][3]any{}
		for _, one := range found {
			told = append(told, [3]any{one.at, one.authority, one.ends})
		}
		read, last = append(read, [2]any{head.size, told}), head.size
	}
	if len(read) == 0 || !lines.atEnd() {
		return nil, lines.fault("end")
	}
	return reading{"process": log.origin, "checkpoints": read}, nil
}

func judgeStamps(v vector) (string, reading, error) {
	roots := x509.NewCertPool()
	rest := []byte(v.Certificate)
	for len(rest) > 0 {
		block, more := pem.Decode(rest)
		if block == nil {
			break
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return "stamps", nil, refusal("stamp.certificate")
		}
		roots.AddCert(certificate)
		rest = more
	}
	if len(roots.Subjects()) == 0 {
		return "stamps", nil, refusal("stamp.certificate")
	}
	read, err := verifyStamps(v.raw(), roots, v.Now)
	return "stamps", read, err
}
