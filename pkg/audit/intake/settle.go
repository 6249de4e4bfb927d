package intake

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// settle gives a row's flow its id and keeps what it says.
func (i *intake) settle(e entry, r *row) {
	if r.known {
		if earlier, twice := i.entry(r.id); twice {
			i.add(e.cell, fmt.Sprintf("row %d is about the same flow, %q", earlier.cell.row, r.flow.Label()), "put what it says into one row")
			return
		}
	} else if !i.identify(&e) {
		return
	}
	head := []audit.Field{{Key: "id", Value: audit.Text(e.told.ID)}}
	if e.told.New && i.sender.department != "" {
		head = append(head, audit.Field{Key: "department", Value: audit.Text(i.sender.department)})
	}
	e.fields = append(head, e.fields...)
	for _, field := range r.notKnown {
		i.notKnown = append(i.notKnown, e.told.ID+"."+field)
	}
	i.entries = append(i.entries, e)
}

// identify finds the id of a flow that the form describes: that of the flow
// with the same name and the same way, if there is one, else a new one.
func (i *intake) identify(e *entry) bool {
	want := i.wanted(*e)
	id := want
	for n := 2; ; n++ {
		earlier, taken := i.entry(id)
		if taken && earlier.from == e.from && earlier.to == e.to && earlier.entity == e.entity {
			i.add(e.cell, fmt.Sprintf("row %d describes the same flow, by its name and its way", earlier.cell.row), "put both into one row, or give one another name")
			return false
		}
		f, there := i.workspace.Flow(id)
		if !taken && (!there || sameWay(f, *e)) {
			e.told.New = !there
			break
		}
		tail := "-" + strconv.Itoa(n)
		id = trimID(want, mostID-len(tail)) + tail
	}
	e.told.ID = id
	if e.told.New {
		e.told.Like = i.alike(*e)
	}
	return true
}

// wanted is the id that a flow would have if nothing else had it.
func (i *intake) wanted(e entry) string {
	for _, f := range i.workspace.Flows {
		if e.told.Name != "" && fold(f.Label()) == fold(e.told.Name) && sameWay(f, e) {
			return f.ID
		}
	}
	if id := slug(e.told.Name); id != "" {
		return id
	}
	return trimID(e.from+"-"+e.to, mostID)
}

// alike lists the flows that move the same data the same way.
func (i *intake) alike(e entry) []string {
	var ids []string
	for _, f := range i.workspace.Flows {
		if e.entity != "" && f.From == e.from && f.To == e.to && f.Entity == e.entity {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// sameWay tells whether a flow of the workspace goes where the row's does.
func sameWay(f audit.Flow, e entry) bool {
	return f.From == e.from && f.To == e.to && (f.Entity == e.entity || f.Entity == "" || e.entity == "")
}

func (i *intake) entry(id string) (entry, bool) {
	n := slices.IndexFunc(i.entries, func(e entry) bool { return e.told.ID == id })
	if n < 0 {
		return entry{}, false
	}
	return i.entries[n], true
}
