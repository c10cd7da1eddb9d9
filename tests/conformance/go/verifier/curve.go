package main

import (
	"bytes"
	"crypto/ed25519"
	"math/big"
)

// The curve of Ed25519 (RFC 8032 sec. 5.1), as far as judging a public key needs it. Keys are public, so nothing here
// needs to take the same time for every key.

var (
	fieldPrime = power(2, 255, -19)
	groupOrder = new(big.Int).Add(power(2, 252, 0), decimal("27742317777372353535851937790883648493"))
	curveD     = decimal("37095705934669439343138083508754565189542113879843219016388785533085940283555")
	rootOfLess = new(big.Int).Exp(big.NewInt(2), quotient(fieldPrime, -1, 4), fieldPrime) // of -1
	cofactor   = big.NewInt(8)
)

func decimal(digits string) *big.Int {
	number, _ := new(big.Int).SetString(digits, 10)
	return number
}

func power(base, exponent, plus int64) *big.Int {
	number := new(big.Int).Exp(big.NewInt(base), big.NewInt(exponent), nil)
	return number.Add(number, big.NewInt(plus))
}

// quotient is (number + plus) / divisor.
func quotient(number *big.Int, plus, divisor int64) *big.Int {
	sum := new(big.Int).Add(number, big.NewInt(plus))
	return sum.Div(sum, big.NewInt(divisor))
}

func modulo(number *big.Int) *big.Int { return number.Mod(number, fieldPrime) }
func times(a, b *big.Int) *big.Int    { return modulo(new(big.Int).Mul(a, b)) }
func littleEndian(raw []byte) *big.Int {
	reversed := make([]byte, len(raw))
	for i, octet := range raw {
		reversed[len(raw)-1-i] = octet
	}
	return new(big.Int).SetBytes(reversed)
}

type point struct{ x, y *big.Int }

func (p point) isIdentity() bool { return p.x.Sign() == 0 && p.y.Cmp(big.NewInt(1)) == 0 }

// plus adds by the complete formulas of the curve, which hold for every two points.
func (p point) plus(q point) point {
	one := big.NewInt(1)
	cross := times(curveD, times(times(p.x, q.x), times(p.y, q.y)))
	x := new(big.Int).Add(times(p.x, q.y), times(p.y, q.x))
	y := new(big.Int).Add(times(p.y, q.y), times(p.x, q.x))
	below := func(sum *big.Int) *big.Int { return new(big.Int).ModInverse(modulo(sum), fieldPrime) }
	return point{
		times(modulo(x), below(new(big.Int).Add(one, cross))),
		times(modulo(y), below(new(big.Int).Sub(one, cross))),
	}
}

func (p point) multiplied(by *big.Int) point {
	sum := point{big.NewInt(0), big.NewInt(1)}
	for i := by.BitLen() - 1; i >= 0; i-- {
		sum = sum.plus(sum)
		if by.Bit(i) == 1 {
			sum = sum.plus(p)
		}
	}
	return sum
}

// decompress finds the point of a y and the lowest bit of its x (RFC 8032 sec. 5.1.3).
func decompress(y *big.Int, odd uint) (point, bool) {
	one := big.NewInt(1)
	square := times(y, y)
	above := modulo(new(big.Int).Sub(square, one))
	below := modulo(new(big.Int).Add(times(curveD, square), one))
	square = times(above, new(big.Int).ModInverse(below, fieldPrime))
	x := new(big.Int).Exp(square, quotient(fieldPrime, 3, 8), fieldPrime)
	if times(x, x).Cmp(square) != 0 {
		x = times(x, rootOfLess)
	}
	if times(x, x).Cmp(square) != 0 {
		return point{}, false
	}
	if x.Bit(0) != odd {
		x = modulo(new(big.Int).Neg(x))
	}
	return point{x, y}, x.Bit(0) == odd
}

// checkKey refuses what is no public key of docs/specs/act.md, "Signature".
func checkKey(raw []byte) error {
	if len(raw) != ed25519.PublicKeySize {
		return refusal("key.length")
	}
	number := littleEndian(raw)
	odd := number.Bit(255)
	y := number.SetBit(number, 255, 0)
	xIsZero := times(y, y).Cmp(big.NewInt(1)) == 0
	if y.Cmp(fieldPrime) >= 0 || xIsZero && odd == 1 {
		return refusal("key.not_canonical")
	}
	found, on := decompress(y, odd)
	if !on {
		return refusal("key.not_on_curve")
	}
	if found.multiplied(cofactor).isIdentity() {
		return refusal("key.small_order")
	}
	if !found.multiplied(groupOrder).isIdentity() {
		return refusal("key.mixed_order")
	}
	return nil
}

// signatureHolds is the equation without the cofactor, and R is not the identity point: whoever signs with that gives
// their key away, and readers disagree on it. Under a key of the group no other R of small order passes.
func signatureHolds(public, message, signature []byte) bool {
	identity := append([]byte{1}, make([]byte, 31)...)
	return len(signature) == ed25519.SignatureSize &&
		!bytes.Equal(signature[:32], identity) &&
		ed25519.Verify(public, message, signature)
}
