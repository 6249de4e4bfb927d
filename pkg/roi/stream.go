package roi

// A random number here depends on the seed, on what it is for and on the
// trial, and on nothing that was drawn before: another flow, another core or
// another order of work leaves it as it is.

// golden is the odd number next to 2^64 divided by the golden ratio, the step
// of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
// Generators, 2014).
const golden = 0x9e3779b97f4a7c15

// mixed is the finish of SplitMix64.
func mixed(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// stream returns the key of the random numbers for something, named by parts
// such as a flow's id and a field.
func stream(seed uint64, parts ...string) uint64 {
	key := uint64(0xcbf29ce484222325) // FNV-1a
	for _, p := range parts {
		for i := range len(p) {
			key = (key ^ uint64(p[i])) * 0x100000001b3
		}
		key = (key ^ 0xff) * 0x100000001b3 // no id holds this byte
	}
	return mixed(key ^ mixed(seed+golden))
}

// draw fills in what an amount is in the trials from first on; first is even.
// Two trials share the two halves of a 64-bit number.
func (s spread) draw(to []float64, key uint64, first int) {
	if s.table == nil {
		for i := range to {
			to[i] = s.low
		}
		return
	}
	key += uint64(first/2) * golden
	for len(to) >= 2 {
		key += golden
		z := mixed(key)
		to[0] = s.low + float64(s.width*s.table.at(uint32(z)))
		to[1] = s.low + float64(s.width*s.table.at(uint32(z>>32)))
		to = to[2:]
	}
	if len(to) == 1 {
		to[0] = s.low + float64(s.width*s.table.at(uint32(mixed(key+golden))))
	}
}

// pick says which of n things holds in a trial, each as likely as the others.
func pick(key uint64, trial, n int) int {
	z := mixed(key + uint64(trial+1)*golden)
	return int((z >> 32) * uint64(n) >> 32)
}
