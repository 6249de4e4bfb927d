package interview

import (
	"strconv"
	"strings"
	"unicode"
)

const (
	accented = "áàâäãåçéèêëíìîïñóòôöõøúùûüýÿ"
	plain    = "aaaaaaceeeeiiiinoooooouuuuyy"
)

// fold returns s in small letters without accents, so that what a person types
// finds José and jose alike.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) { // an accent that stands apart from its letter
			return -1
		}
		r = unicode.ToLower(r)
		if i := strings.IndexRune(accented, r); i >= 0 {
			return rune(plain[len([]rune(accented[:i]))])
		}
		return r
	}, strings.Join(strings.Fields(s), " "))
}

// longestID leaves room for a number behind an id.
const longestID = 48

// slug makes an id of words: "Web orders, typed" is web-orders-typed.
func slug(words string) string {
	var b strings.Builder
	for _, r := range fold(words) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= longestID {
			break
		}
	}
	if id := strings.Trim(b.String(), "-"); id != "" {
		return id
	}
	return "x"
}

// fresh is an id that nobody has taken: web-orders, web-orders-2.
func fresh(words string, taken func(id string) bool) string {
	base := slug(words)
	id := base
	for n := 2; taken(id); n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	return id
}

// alike tells whether two names differ by a slip of the hand: one letter in
// five, or one is the beginning of the other.
func alike(a, b string) bool {
	ra, rb := []rune(fold(a)), []rune(fold(b))
	if len(ra) < 3 || len(rb) < 3 {
		return false
	}
	return distance(ra, rb) <= max(len(ra), len(rb))/5
}

// distance counts the letters to insert, delete or replace between two words.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
