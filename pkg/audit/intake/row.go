package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// What amounts may be at most. A day of this century counts over 36,500 in a
// workbook: hours stay below, so that none is taken for them.
const (
	mostHours   = 36000
	mostMinutes = 30000
	mostMoney   = 1e9
	mostRecords = 1e9
)

// The ids of rows that are no flows.
const (
	helpRow    = "#help"
	exampleRow = "#example"
)

// row reads one row of the form.
type row struct {
	*intake
	line
	id       string // of the flow that the row was written for
	flow     audit.Flow
	known    bool // the flow is in the workspace
	before   int  // problems of the rows above
	fields   []audit.Field
	told     []string
	notKnown []string
}

func (i *intake) readRow(l line) {
	r := &row{intake: i, line: l, id: i.rowID(l)}
	switch {
	case r.id == helpRow:
		return
	case strings.HasPrefix(r.id, exampleRow):
		r.checkExample()
		return
	}
	r.flow, r.known = i.workspace.Flow(r.id)
	r.before = len(i.all)
	if e := r.read(); len(i.all) == r.before && (len(e.told.Fields) > 0 || len(r.notKnown) > 0) {
		i.settle(e, r)
	}
}

func (i *intake) rowID(l line) string {
	at := i.grid.head.at[len(i.columns)]
	if at == 0 {
		return ""
	}
	return l.at(at).text
}

// checkExample refuses an example that somebody wrote over: it would be lost.
func (r *row) checkExample() {
	for n, c := range r.columns {
		at := r.grid.head.at[n]
		if before, given := r.hidden.given[given{r.id, c.key}]; at > 0 && given && r.at(at).text != before {
			r.add(r.at(at), "this row is an example, which is not read, and it was changed", "write the flow into an empty row below")
			return
		}
	}
}

// cell gives the answer in a column; one that came with the form is none, and
// one that says that nobody knows is noted under the field it is about.
func (r *row) cell(key, field string) cell {
	c := r.whole(key)
	if c.empty() {
		return c
	}
	if before, ok := r.hidden.given[given{r.id, key}]; ok && oneLine(before) == oneLine(c.text) {
		return cell{row: c.row, column: c.column}
	}
	if field != "" && r.means(c, "form.unknown") {
		if !slices.Contains(r.notKnown, field) {
			r.notKnown = append(r.notKnown, field)
		}
		return cell{row: c.row, column: c.column}
	}
	return c
}

// whole gives what stands in a column, whoever wrote it.
func (r *row) whole(key string) cell {
	for n, c := range r.columns {
		if c.key == key && r.grid.head.at[n] > 0 {
			return r.at(r.grid.head.at[n])
		}
	}
	return cell{row: r.row, column: 1}
}

func (r *row) state(key string, v audit.Value) {
	r.fields = append(r.fields, audit.Field{Key: key, Value: v})
	r.told = append(r.told, key)
}

// read gives what the row says.
func (r *row) read() entry {
	e := entry{cell: r.whole("name")}
	name := r.text(r.cell("name", ""))
	entity := r.choose(r.cell("entity", "entity"), "entity")
	e.from, e.to = r.choose(r.cell("from", ""), "system"), r.choose(r.cell("to", ""), "system")
	if r.known && name == r.flow.Name {
		name = ""
	}
	if name != "" {
		r.state("name", audit.Text(name))
	}
	r.entity(entity)
	r.ends(e)
	for _, key := range []string{"how", "every"} {
		if code := r.choose(r.cell(key, key), key); code != "" {
			r.state(key, audit.Text(code))
		}
	}
	if people := r.names(r.cell("people", "people")); len(people) > 0 {
		r.state("people", audit.Texts(people...))
	}
	if code := r.choose(r.cell("absence", "absence"), "absence"); code != "" {
		r.state("absence", audit.Text(code))
	}
	r.amounts()
	if notes := r.readable(r.cell("notes", ""), mostProse); notes != "" {
		r.state("notes", audit.Text(notes))
	}
	e.told = Told{ID: r.id, Name: name, New: !r.known, Fields: r.told, Cell: cellName(e.cell.column, e.cell.row)}
	e.entity, e.fields = entity, r.fields
	r.complete(e, name)
	return e
}

// entity states what the flow moves, where the workspace does not know.
func (r *row) entity(entity string) {
	switch {
	case entity == "" || r.known && r.flow.Entity == entity:
	case r.known && r.flow.Entity != "":
		r.differs("entity", r.lists["entity"].show(r.flow.Entity))
	default:
		r.state("entity", audit.Text(entity))
	}
}

// ends states where a new flow begins and ends; a known flow cannot be moved.
func (r *row) ends(e entry) {
	for _, end := range []struct{ key, now, was string }{{"from", e.from, r.flow.From}, {"to", e.to, r.flow.To}} {
		switch {
		case end.now == "":
		case !r.known:
			r.state(end.key, audit.Text(end.now))
		case end.now != end.was:
			r.differs(end.key, r.lists["system"].show(end.was))
		}
	}
}

func (r *row) differs(key, was string) {
	r.add(r.whole(key), fmt.Sprintf("says %q where the workspace has %q for the flow %q", short(r.whole(key).text), was, r.flow.Label()),
		"describe another flow in a row of its own, or correct the workspace first")
}

// complete refuses a new flow without an end, and one within a system.
func (r *row) complete(e entry, name string) {
	if len(r.told) == 0 && len(r.notKnown) == 0 && len(r.all) == r.before {
		return
	}
	if r.id != "" && !r.known {
		r.add(e.cell, fmt.Sprintf("this row is about the flow %q, which the workspace no longer has", r.id), "describe it in an empty row, or bring it back")
		return
	}
	if r.known {
		return
	}
	for _, end := range []struct{ key, id, words string }{{"from", e.from, "where the data comes from"}, {"to", e.to, "where the data goes"}} {
		if c := r.whole(end.key); c.empty() {
			r.add(c, "nothing says "+end.words, "choose a system")
		}
	}
	if e.from != "" && e.from == e.to {
		r.add(r.whole("to"), "the flow begins and ends in the same system", "choose two; two parts of one system are two systems in the workspace")
	}
}

// amounts states hours, records and error points, each with how it is known.
func (r *row) amounts() {
	basis := r.choose(r.cell("basis", ""), "basis")
	r.hours(basis)
	r.volume(basis)
	r.errors(basis)
}

func (r *row) hours(basis string) {
	q, _ := r.three(r.cell("hours_low", "effort"), r.cell("hours", "effort"), r.cell("hours_high", "effort"), mostHours)
	per, whose := r.choose(r.cell("hours_per", ""), "hours_per"), r.choose(r.cell("whose", ""), "whose")
	if len(q) == 0 {
		return
	}
	if per == "" {
		per = "week"
	}
	fields := []audit.Field{{Key: "hours_per_" + per, Value: q.value("")}}
	if whose != "" {
		fields = append(fields, audit.Field{Key: "whose", Value: audit.Text(whose)})
	}
	r.state("effort", audit.Fields(known(fields, basis)...))
}

// known adds how the numbers are known.
func known(fields []audit.Field, basis string) []audit.Field {
	if basis == "" {
		return fields
	}
	return append(fields, audit.Field{Key: "basis", Value: audit.Text(basis)})
}

func (r *row) volume(basis string) {
	c := r.cell("volume", "volume")
	per := r.choose(r.cell("volume_per", ""), "volume_per")
	text, unit, found := strings.Cut(c.text, "/")
	if found && c.kind == written { // 800/month, as the workspace has it
		c.text = strings.TrimSpace(text)
		per = r.choose(cell{c.row, c.column, written, unit, 0}, "volume_per")
	}
	q, ok := r.quantity(c, mostRecords)
	switch {
	case !ok || len(q) == 0:
		return
	case per == "" && r.whole("volume_per").empty() && !found:
		r.add(r.whole("volume"), "nothing says how often that many are moved", "choose a day, a week, a month or a year beside it")
		return
	}
	r.state("volume", audit.Fields(known([]audit.Field{{Key: "records", Value: q.value("/" + per)}}, basis)...))
}

// errors states the error points; a "none" in the place of the first says that
// there are none.
func (r *row) errors(basis string) {
	if first := r.cell("error1", "errors"); !first.empty() && r.means(first, "form.none") {
		r.state("errors", audit.List())
		return
	}
	var points []audit.Value
	for n := 1; n <= mostPoints; n++ {
		if fields := r.point("error"+strconv.Itoa(n), basis); len(fields) > 0 {
			points = append(points, audit.Fields(fields...))
		}
	}
	if len(points) > 0 {
		r.state("errors", audit.List(points...))
	}
}

// point reads one error point.
func (r *row) point(key, basis string) []audit.Field {
	var fields []audit.Field
	add := func(field string, q quantity, unit string) {
		if len(q) > 0 {
			fields = append(fields, audit.Field{Key: field, Value: q.value(unit)})
		}
	}
	what := r.cell(key, "errors")
	share := r.cell(key+"_rate", "errors")
	share.text = strings.TrimRight(share.text, " %")
	rate, _ := r.quantity(share, 100)
	minutes, _ := r.quantity(r.cell(key+"_minutes", "errors"), mostMinutes)
	cost, _ := r.quantity(r.cell(key+"_cost", "errors"), mostMoney)
	if text := r.text(what); text != "" {
		fields = append(fields, audit.Field{Key: "what", Value: audit.Text(text)})
	} else if len(rate)+len(minutes)+len(cost) > 0 {
		r.add(what, "nothing says what goes wrong here", "write it in a few words")
		return nil
	}
	add("rate", rate, "%")
	add("minutes_to_fix", minutes, "")
	add("cost", cost, "")
	if len(rate)+len(minutes)+len(cost) > 0 {
		fields = known(fields, basis)
	}
	return fields
}
