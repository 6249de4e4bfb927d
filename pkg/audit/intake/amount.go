package intake

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// quantity is an amount as somebody stated it: one number, or the least, the
// usual and the most; or nothing.
type quantity []float64

// value writes a quantity as the workspace does, each number with its unit:
// 8, [6, 8, 12], 40/day.
func (q quantity) value(unit string) audit.Value {
	if len(q) == 1 {
		return audit.Text(tidyNumber(q[0]) + unit)
	}
	var texts []string
	for _, x := range q {
		texts = append(texts, tidyNumber(x)+unit)
	}
	return audit.Texts(texts...)
}

var (
	between = regexp.MustCompile(`\s*[-–—;]\s*|\s+[aá]\s+|\s+to\s+`)
	twoWays = regexp.MustCompile(`^[1-9][0-9]{0,2}([.,])[0-9]{3}$`)
	signs   = "€$£%"
)

// quantity reads the amount in a cell, up to a most: a number, or a text such
// as 3,5 or 6-8-12.
func (i *intake) quantity(c cell, most float64) (quantity, bool) {
	switch c.kind {
	case nothing:
		return nil, true
	case number:
		return i.within(c, quantity{c.number}, most)
	case day:
		i.add(c, fmt.Sprintf("holds the date %s where a number belongs: Excel makes dates of what looks like one", c.text), "write the least, the usual and the most into their three cells")
		return nil, false
	}
	if c.kind != written {
		return nil, false // told already
	}
	var q quantity
	texts := between.Split(strings.TrimSpace(c.text), 4)
	if strings.HasPrefix(c.text, "-") || strings.HasPrefix(c.text, "−") {
		texts = []string{c.text}
	}
	for _, text := range texts {
		x, message := i.parse(text)
		if message != "" {
			i.add(c, fmt.Sprintf("%q %s", short(c.text), message), "write a number, or three such as 6-8-12: the least, the usual and the most")
			return nil, false
		}
		q = append(q, x)
	}
	if len(q) == 2 || len(q) > 3 {
		i.add(c, fmt.Sprintf("%q is %d numbers", short(c.text), len(q)), "write one number, or three: the least, the usual and the most")
		return nil, false
	}
	return i.within(c, q, most)
}

// within refuses amounts below nothing and above the most that there can be.
func (i *intake) within(c cell, q quantity, most float64) (quantity, bool) {
	for _, x := range q {
		switch {
		case x < 0:
			i.add(c, fmt.Sprintf("%s is below 0", tidyNumber(x)), "amounts are not negative here")
			return nil, false
		case x > most:
			i.add(c, fmt.Sprintf("%s is more than there can be", tidyNumber(x)), fmt.Sprintf("here it goes up to %s", tidyNumber(most)))
			return nil, false
		}
	}
	return i.ordered(c, q)
}

// ordered refuses a least above the usual, and a usual above the most.
func (i *intake) ordered(c cell, q quantity) (quantity, bool) {
	if len(q) == 3 && (q[0] > q[1] || q[1] > q[2]) {
		i.add(c, fmt.Sprintf("%s, %s, %s do not rise", tidyNumber(q[0]), tidyNumber(q[1]), tidyNumber(q[2])),
			"write the least, the usual and the most, in this order")
		return nil, false
	}
	return q, true
}

// parse reads one number, as the form's language writes it, else as another
// does. In a CSV whose separator contradicts its language, a number that may be
// thousands in one and decimals in the other is refused.
func (i *intake) parse(text string) (x float64, fault string) {
	text = strings.TrimFunc(text, func(r rune) bool { return strings.ContainsRune(signs, r) || r == ' ' || r == '\u00a0' })
	text = strings.TrimSpace(strings.TrimSuffix(strings.ToUpper(text), i.workspace.Currency))
	comma := i.grid.head.printer[0].Language() == "es" // decides
	if twoWays.MatchString(text) && i.grid.comma != 0 && comma != (i.grid.comma == ';') {
		return 0, "may mean thousands or decimals"
	}
	for _, p := range i.grid.head.printer {
		if x, err := p.ParseNumber(text); err == nil {
			return x, ""
		}
	}
	return 0, "is no number"
}

// three puts the three cells of an amount together, or takes the one in the
// middle, which may hold all three.
func (i *intake) three(low, usual, high cell, most float64) (quantity, bool) {
	q, ok := i.quantity(usual, most)
	if low.empty() && high.empty() {
		return q, ok
	}
	least, fine := i.quantity(low, most)
	upper, well := i.quantity(high, most)
	if !ok || !fine || !well {
		return nil, false
	}
	switch {
	case len(q) == 3:
		i.add(usual, "holds three numbers, and there are others beside it", "write each once")
		return nil, false
	case len(least) != 1 || len(q) != 1 || len(upper) != 1:
		i.add(usual, "the least, the usual and the most belong together", "fill in all three, or only the usual one")
		return nil, false
	}
	return i.ordered(usual, quantity{least[0], q[0], upper[0]})
}

// short cuts a text for a message.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
