package intake

import (
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// column is one question of the form.
type column struct {
	key   string // in the hidden sheet, and a heading that is always understood
	text  string // its words are form.TEXT
	is    answer
	list  string  // of a choice: what may be chosen
	group string  // the heading over it is form.group.GROUP
	width float64 // in letters
	point int     // 1 to 3 for those of an error point
}

// answer is the kind of answer that a column takes.
type answer uint8

const (
	label  answer = iota // a short text
	prose                // a long one
	people               // names with commas
	choice
	amount
)

// mostPoints is how many error points a flow has room for.
const mostPoints = 3

// columns are the form's, from left to right; that of the hidden ids comes
// first and is none of them.
func columns() []column {
	all := []column{
		{key: "name", text: "name", is: label, group: "what", width: 38},
		{key: "from", text: "from", is: choice, list: "system", group: "what", width: 22},
		{key: "to", text: "to", is: choice, list: "system", group: "what", width: 22},
		{key: "entity", text: "entity", is: choice, list: "entity", group: "what", width: 19},
		{key: "how", text: "how", is: choice, list: "how", group: "what", width: 18},
		{key: "every", text: "every", is: choice, list: "every", group: "what", width: 16},
		{key: "people", text: "people", is: people, group: "what", width: 19},
		{key: "hours_low", text: "hours_low", is: amount, group: "time", width: 12},
		{key: "hours", text: "hours", is: amount, group: "time", width: 12},
		{key: "hours_high", text: "hours_high", is: amount, group: "time", width: 12},
		{key: "hours_per", text: "hours_per", is: choice, list: "hours_per", group: "time", width: 12},
		{key: "whose", text: "whose", is: choice, list: "whose", group: "time", width: 16},
		{key: "volume", text: "volume", is: amount, group: "volume", width: 12},
		{key: "volume_per", text: "volume_per", is: choice, list: "volume_per", group: "volume", width: 12},
		{key: "basis", text: "basis", is: choice, list: "basis", group: "sure", width: 14},
		{key: "absence", text: "absence", is: choice, list: "absence", group: "sure", width: 20},
	}
	for i := 1; i <= mostPoints; i++ {
		n := strconv.Itoa(i)
		all = append(all,
			column{key: "error" + n, text: "error", is: label, group: "error", width: 30, point: i},
			column{key: "error" + n + "_rate", text: "error_rate", is: amount, group: "error", width: 12, point: i},
			column{key: "error" + n + "_minutes", text: "error_minutes", is: amount, group: "error", width: 12, point: i},
			column{key: "error" + n + "_cost", text: "error_cost", is: amount, group: "error", width: 12, point: i})
	}
	return append(all, column{key: "notes", text: "notes", is: prose, group: "notes", width: 36})
}

// words gives the column's heading, or what else the words have for it: ".help".
func (c column) words(p lang.Printer, what, currency string) string {
	return p.Text("form."+c.text+what, lang.Args{"N": strconv.Itoa(c.point), "Currency": currency})
}

// headings knows every way in which a column may be headed.
type headingIndex struct {
	columns   []column
	languages printer
	spoken    []map[string]int // by language: folded heading to the column's index
}

func headings(p printer) headingIndex {
	h := headingIndex{columns: columns(), languages: p}
	for _, language := range p {
		names := map[string]int{}
		for i, c := range h.columns {
			names[fold(c.words(language, "", ""))] = i
			names[c.key] = i
			if key := "form." + c.text + ".also"; language.Has(key) && c.point < 2 {
				for _, also := range strings.Split(language.Text(key, nil), "|") {
					names[fold(also)] = i
				}
			}
		}
		h.spoken = append(h.spoken, names)
	}
	return h
}

// idColumn heads the hidden ids of flows.
const idColumn = "id"

// read takes a row for the headings, and tells how many it has: none, unless
// there are both ends.
func (h headingIndex) read(l line) (header, int) {
	best, most := header{}, 0
	for own := range h.spoken {
		head, n := h.readIn(l, own)
		if n > most {
			best, most = head, n
		}
	}
	if most > 0 && best.both() {
		return best, most
	}
	return best, 0
}

// readIn reads headings in one language, with those of others among them.
func (h headingIndex) readIn(l line, own int) (header, int) {
	head := header{row: l.row, own: own, at: make([]int, len(h.columns)+1)}
	n := 0
	for _, c := range l.cells {
		if fold(c.text) == idColumn {
			head.at[len(h.columns)] = c.column
			continue
		}
		i, mine := h.spoken[own][fold(c.text)]
		for other := 0; !mine && other < len(h.spoken); other++ {
			if j, ok := h.spoken[other][fold(c.text)]; ok {
				i, mine = j, true
				n-- // the row is rather in the other language
			}
		}
		switch {
		case !mine:
			head.unknown = append(head.unknown, c)
		case head.at[i] > 0:
			head.twice = append(head.twice, c)
		default:
			head.at[i] = c.column
			n += 2
		}
	}
	return head, n
}

// both tells whether the headings name the ends of a flow.
func (h header) both() bool {
	ends := 0
	for i, c := range columns() {
		if (c.key == "from" || c.key == "to") && h.at[i] > 0 {
			ends++
		}
	}
	return ends > 0
}
