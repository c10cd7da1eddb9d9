package main

import "strings"

// Bech32 (BIP 173), as age spells keys: 32 bytes are 52 signs, and 6 of a checksum.

const (
	bech32Signs  = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	checksumSize = 6
)

func polymod(values []byte) uint32 {
	generators := [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3}
	sum := uint32(1)
	for _, value := range values {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(value)
		for i, generator := range generators {
			if top>>i&1 == 1 {
				sum ^= generator
			}
		}
	}
	return sum
}

func expanded(prefix string) []byte {
	var values []byte
	for i := range prefix {
		values = append(values, prefix[i]>>5)
	}
	values = append(values, 0)
	for i := range prefix {
		values = append(values, prefix[i]&31)
	}
	return values
}

// fromBech32 reads the signs after `prefix` and 1, in small letters.
func fromBech32(prefix, signs string) ([]byte, bool) {
	values := make([]byte, len(signs))
	for i := range signs {
		at := strings.IndexByte(bech32Signs, signs[i])
		if at < 0 {
			return nil, false
		}
		values[i] = byte(at)
	}
	if len(values) < checksumSize || polymod(append(expanded(prefix), values...)) != 1 {
		return nil, false
	}
	raw, rest, bits := []byte{}, uint32(0), 0
	for _, value := range values[:len(values)-checksumSize] {
		rest, bits = rest<<5|uint32(value), bits+5
		if bits >= 8 {
			bits -= 8
			raw = append(raw, byte(rest>>bits))
			rest &= 1<<bits - 1
		}
	}
	return raw, bits < 5 && rest == 0
}

func toBech32(prefix string, raw []byte) string {
	values, rest, bits := []byte{}, uint32(0), 0
	for _, octet := range raw {
		rest, bits = rest<<8|uint32(octet), bits+8
		for bits >= 5 {
			bits -= 5
			values = append(values, byte(rest>>bits&31))
		}
		rest &= 1<<bits - 1
	}
	if bits > 0 {
		values = append(values, byte(rest<<(5-bits)))
	}
	sum := polymod(append(append(expanded(prefix), values...), make([]byte, checksumSize)...)) ^ 1
	for i := checksumSize - 1; i >= 0; i-- {
		values = append(values, byte(sum>>(5*i)&31))
	}
	text := prefix + "1"
	for _, value := range values {
		text += bech32Signs[value : value+1]
	}
	return text
}
