package intake

import (
	"strings"
	"unicode"
)

// fold gives a text in small letters without accents and with single spaces,
// so that "José " and "jose" are the same.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		switch {
		case unicode.Is(unicode.Mn, r): // an accent that stands apart from its letter
			return -1
		case r <= 0x7f:
			return r
		}
		if i := strings.IndexRune(accented, r); i >= 0 {
			return rune(bare[len([]rune(accented[:i]))])
		}
		return r
	}, strings.Join(strings.Fields(s), " "))
}

const (
	accented = "áàâäãåāăąçćčďđéèêëēęěğíìîïīįłñńňóòôöõøōőŕřśşšťţúùûüūůűųýÿźżž"
	bare     = "aaaaaaaaacccddeeeeeeegiiiiiilnnnoooooooorrsssttuuuuuuuuyyzzz"
)

// slug makes an id of a text, as the workspace wants ids; it is empty where
// the text has no Latin letter and no digit.
func slug(s string) string {
	var b strings.Builder
	for _, r := range fold(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return trimID(b.String(), mostID)
}

// mostID is how long an id may be.
const mostID = 64

func trimID(id string, most int) string {
	if len(id) > most {
		id = id[:most]
	}
	return strings.Trim(id, "-")
}

// nearest is the known word with the fewest letters to change from word, at
// most a third of them, or "".
func nearest(word string, known []string) string {
	word = fold(word)
	best, least := "", len(word)/3+1
	for _, k := range known {
		if d := distance(word, fold(k)); d < least || d == least && best == "" {
			best, least = k, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace between two words.
func distance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	row := make([]int, len(rb)+1)
	for j := range row {
		row[j] = j
	}
	for i := range ra {
		corner := row[0]
		row[0] = i + 1
		for j := range rb {
			replace := corner
			if ra[i] != rb[j] {
				replace++
			}
			corner = row[j+1]
			row[j+1] = min(corner+1, row[j]+1, replace)
		}
	}
	return row[len(rb)]
}
