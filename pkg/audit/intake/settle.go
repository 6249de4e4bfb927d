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
	want := slug(e.told.Name)
	if want == "" {
		want = trimID(e.from+"-"+e.to, mostID)
	}
	id := want
	for n := 2; ; n++ {
		if earlier, taken := i.entry(id); taken {
			if earlier.from == e.from && earlier.to == e.to && earlier.entity == e.entity {
				i.add(e.cell, fmt.Sprintf("row %d describes the same flow, by its name and its way", earlier.cell.row), "put both into one row, or give one another name")
				return false
			}
		} else if f, there := i.workspace.Flow(id); !there {
			break
		} else if sameWay(f, *e) {
			e.told.New = false
			break
		}
		tail := "-" + strconv.Itoa(n)
		id = trimID(want, mostID-len(tail)) + tail
	}
	e.told.ID = id
	for _, f := range i.workspace.Flows {
		if e.told.New && e.entity != "" && f.From == e.from && f.To == e.to && f.Entity == e.entity {
			e.told.Like = append(e.told.Like, f.ID)
		}
	}
	return true
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
