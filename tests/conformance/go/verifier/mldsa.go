package main

import (
	"bytes"
	"encoding/binary"
	"io"

	"golang.org/x/crypto/sha3"
)

// Verifying ML-DSA-44 signatures with an empty context (FIPS 204 sec. 6.3), by the names and algorithms of that standard.
// Everything here is public, so nothing needs to take the same time for every input.

const (
	mldsaQ      = 8380417
	mldsaD      = 13
	mldsaTau    = 39
	mldsaGamma1 = 1 << 17
	mldsaGamma2 = (mldsaQ - 1) / 88
	mldsaBeta   = 78
	mldsaOmega  = 80
	mldsaK      = 4 // rows
	mldsaL      = 4 // columns

	seedSize      = 32
	challengeSize = 32
	t1Size        = 256 * 10 / 8
	zSize         = 256 * 18 / 8

	mldsaPublicKeySize = seedSize + mldsaK*t1Size
	mldsaSignatureSize = challengeSize + mldsaL*zSize + mldsaOmega + mldsaK
)

// polynomial has its coefficients from 0 up to q.
type polynomial [256]int64

func reduced(number int64) int64 { return ((number % mldsaQ) + mldsaQ) % mldsaQ }

func shake256(size int, parts ...[]byte) []byte {
	out := make([]byte, size)
	sha3.ShakeSum256(out, bytes.Join(parts, nil))
	return out
}

// bitsOf reads numbers of so many bits each, the lowest first (algorithm 18, SimpleBitUnpack).
func bitsOf(raw []byte, width int) (numbers polynomial) {
	for i := range numbers {
		for bit := 0; bit < width; bit++ {
			at := i*width + bit
			numbers[i] |= int64(raw[at/8]>>(at%8)&1) << bit
		}
	}
	return numbers
}

// bitsFrom is the inverse (algorithm 16, SimpleBitPack).
func bitsFrom(numbers polynomial, width int) []byte {
	raw := make([]byte, 256*width/8)
	for i, number := range numbers {
		for bit := 0; bit < width; bit++ {
			at := i*width + bit
			raw[at/8] |= byte(number>>bit&1) << (at % 8)
		}
	}
	return raw
}

// zetas are the powers of 1753 in the order of reversed bits (appendix B).
var zetas = func() (table polynomial) {
	for i := range table {
		exponent, power := 0, int64(1)
		for bit := 0; bit < 8; bit++ {
			exponent = exponent<<1 | i>>bit&1
		}
		for ; exponent > 0; exponent-- {
			power = power * 1753 % mldsaQ
		}
		table[i] = power
	}
	return table
}()

// ntt is algorithm 41.
func ntt(w polynomial) polynomial {
	m := 0
	for length := 128; length >= 1; length /= 2 {
		for start := 0; start < 256; start += 2 * length {
			m++
			for j := start; j < start+length; j++ {
				t := zetas[m] * w[j+length]
				w[j+length] = reduced(w[j] - t)
				w[j] = reduced(w[j] + t)
			}
		}
	}
	return w
}

// inverseNTT is algorithm 42.
func inverseNTT(w polynomial) polynomial {
	m := 256
	for length := 1; length < 256; length *= 2 {
		for start := 0; start < 256; start += 2 * length {
			m--
			for j := start; j < start+length; j++ {
				t := w[j]
				w[j] = reduced(t + w[j+length])
				w[j+length] = reduced(-zetas[m] * reduced(t-w[j+length]))
			}
		}
	}
	for j := range w {
		w[j] = reduced(w[j] * 8347681) // 1/256
	}
	return w
}

// rejNTTPoly is algorithm 30.
func rejNTTPoly(rho []byte, column, row byte) (a polynomial) {
	stream := sha3.NewShake128()
	_, _ = stream.Write(append(append([]byte{}, rho...), column, row))
	var three [3]byte
	for j := 0; j < 256; {
		_, _ = io.ReadFull(stream, three[:])
		number := int64(three[0]) | int64(three[1])<<8 | int64(three[2]&0x7f)<<16
		if number < mldsaQ {
			a[j] = number
			j++
		}
	}
	return a
}

// sampleInBall is algorithm 29.
func sampleInBall(challenge []byte) (c polynomial) {
	stream := sha3.NewShake256()
	_, _ = stream.Write(challenge)
	var eight [8]byte
	_, _ = io.ReadFull(stream, eight[:])
	signs := binary.LittleEndian.Uint64(eight[:])
	for i := 256 - mldsaTau; i < 256; i++ {
		var j [1]byte
		for {
			_, _ = io.ReadFull(stream, j[:])
			if int(j[0]) <= i {
				break
			}
		}
		c[i] = c[j[0]]
		c[j[0]] = reduced(1 - 2*int64(signs&1))
		signs >>= 1
	}
	return c
}

// hintBitUnpack is algorithm 21; a hint has one spelling.
func hintBitUnpack(y []byte) (h [mldsaK]polynomial, is bool) {
	index := 0
	for i := range h {
		end := int(y[mldsaOmega+i])
		if end < index || end > mldsaOmega {
			return h, false
		}
		for first := index; index < end; index++ {
			if index > first && y[index-1] >= y[index] {
				return h, false
			}
			h[i][y[index]] = 1
		}
	}
	for ; index < mldsaOmega; index++ {
		if y[index] != 0 {
			return h, false
		}
	}
	return h, true
}

// useHint is algorithm 40, with algorithm 36 (Decompose).
func useHint(hint, r int64) int64 {
	const m = (mldsaQ - 1) / (2 * mldsaGamma2)
	low := r % (2 * mldsaGamma2)
	if low > mldsaGamma2 {
		low -= 2 * mldsaGamma2
	}
	high := (r - low) / (2 * mldsaGamma2)
	if r-low == mldsaQ-1 {
		high, low = 0, low-1
	}
	switch {
	case hint == 0:
		return high
	case low > 0:
		return (high + 1) % m
	}
	return (high - 1 + m) % m
}

// verifyMLDSA44 is algorithms 3 and 8.
func verifyMLDSA44(public, message, signature []byte) bool {
	if len(public) != mldsaPublicKeySize || len(signature) != mldsaSignatureSize {
		return false
	}
	rho, challenge := public[:seedSize], signature[:challengeSize]
	var z [mldsaL]polynomial
	for s := range z {
		z[s] = bitsOf(signature[challengeSize+s*zSize:], 18)
		for j, number := range z[s] {
			number = mldsaGamma1 - number
			if number >= mldsaGamma1-mldsaBeta || number <= mldsaBeta-mldsaGamma1 {
				return false
			}
			z[s][j] = reduced(number)
		}
		z[s] = ntt(z[s])
	}
	hints, is := hintBitUnpack(signature[challengeSize+mldsaL*zSize:])
	if !is {
		return false
	}
	c := ntt(sampleInBall(challenge))
	var w1 []byte
	for r := 0; r < mldsaK; r++ {
		t1 := bitsOf(public[seedSize+r*t1Size:], 10)
		for j := range t1 {
			t1[j] <<= mldsaD
		}
		t1 = ntt(t1)
		var w polynomial
		for s := range z {
			a := rejNTTPoly(rho, byte(s), byte(r))
			for j := range w {
				w[j] = reduced(w[j] + a[j]*z[s][j])
			}
		}
		for j := range w {
			w[j] = reduced(w[j] - c[j]*t1[j])
		}
		w = inverseNTT(w)
		for j := range w {
			w[j] = useHint(hints[r][j], w[j])
		}
		w1 = append(w1, bitsFrom(w, 6)...)
	}
	mu := shake256(64, shake256(64, public), []byte{0, 0}, message)
	return bytes.Equal(shake256(challengeSize, mu, w1), challenge)
}
