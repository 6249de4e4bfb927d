package audit

import (
	"fmt"
	"slices"
	"strings"
)

// mostListed is how many known words a hint lists.
const mostListed = 24

// Meant is the hint for a word that is not among the known ones, such as
// "flows": the nearest known one, and what there is.
func Meant(word string, known []string, what string) string { return meant(word, known, what) }

// meant is the hint for a word that is not known: the nearest known one, and
// what there is.
func meant(word string, known []string, what string) string {
	var parts []string
	if near := nearest(word, known); near != "" {
		parts = append(parts, fmt.Sprintf("did you mean %q?", near))
	}
	switch n := len(known); {
	case n == 0:
		parts = append(parts, fmt.Sprintf("there are no %s here", what))
	case n <= mostListed:
		parts = append(parts, fmt.Sprintf("%s here: %s", what, strings.Join(known, ", ")))
	default:
		parts = append(parts, fmt.Sprintf("%s here: %s and %d more", what, strings.Join(known[:mostListed], ", "), n-mostListed))
	}
	return strings.Join(parts, " ")
}

// nearest returns the known word that is at most a third of its letters away
// from word, or "".
func nearest(word string, known []string) string {
	best, least := "", len(word)/3+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), k, least); d < least || d == least && best == "" {
			best, least = k, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour between two words; more than limit is limit + 1.
func distance(a, b string, limit int) int {
	ra, rb := []rune(a), []rune(b)
	if abs(len(ra)-len(rb)) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(rb)+1), make([]int, len(rb)+1), make([]int, len(rb)+1)
	for j := range last {
		last[j] = j
	}
	for i := range ra {
		row[0] = i + 1
		for j := range rb {
			cost := 1
			if ra[i] == rb[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, last[j+1]+1, last[j]+cost)
			if i > 0 && j > 0 && ra[i] == rb[j-1] && ra[i-1] == rb[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(rb)], limit+1)
}

func abs(x int) int { return max(x, -x) }

// once returns the items without those that stand earlier.
func once(items []string) []string {
	var out []string
	for _, s := range items {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
