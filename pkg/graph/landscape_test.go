package graph_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// landscape builds a workspace from lines:
//
//	shop>erp order      a flow typed by hand, an hour a week
//	erp<>crm customer   the same, both ways
//	shop>erp order 2h   two hours a week; file and auto say how it is done,
//	                    daily and the like how often
//	order=erp           the record that an entity declares
//	wms                 a system, #stock an entity, before any flow names it
//
// A system whose name begins with a kind (email, phone2, spreadsheet) is of
// that kind. A flow's id is shop-erp-order, with -2 for the second such one.
func landscape(lines ...string) audit.Workspace {
	w := audit.Workspace{Currency: "EUR", Assumptions: audit.DefaultAssumptions()}
	for _, line := range lines {
		words := strings.Fields(line)
		switch {
		case strings.Contains(words[0], ">"):
			w.Flows = append(w.Flows, flow(&w, words))
		case strings.Contains(words[0], "="):
			entity, record, _ := strings.Cut(words[0], "=")
			w.Entities[entityAt(&w, entity)].Record = system(&w, record)
		case strings.HasPrefix(words[0], "#"):
			entityAt(&w, words[0][1:])
		default:
			system(&w, words[0])
		}
	}
	return w
}

func flow(w *audit.Workspace, words []string) audit.Flow {
	from, to, _ := strings.Cut(words[0], ">")
	f := audit.Flow{How: audit.Manual}
	if strings.HasSuffix(from, "<") {
		from, f.Needs.Direction = strings.TrimSuffix(from, "<"), audit.TwoWay
	}
	f.From, f.To, f.Entity = system(w, from), system(w, to), words[1]
	entityAt(w, f.Entity)
	f.ID = fmt.Sprintf("%s-%s-%s", from, to, f.Entity)
	for n := 2; slices.ContainsFunc(w.Flows, func(o audit.Flow) bool { return o.ID == f.ID }); n++ {
		f.ID = fmt.Sprintf("%s-%s-%s-%d", from, to, f.Entity, n)
	}
	hours := 1.0
	for _, word := range words[2:] {
		switch word {
		case "file":
			f.How = audit.File
		case "auto":
			f.How, hours = audit.Automated, 0
		default:
			if slices.Contains(f.Every.Options(), word) {
				f.Every = audit.Period(word)
			} else if _, err := fmt.Sscanf(word, "%fh", &hours); err != nil {
				panic("landscape: " + word)
			}
		}
	}
	if hours > 0 {
		f.Efforts = []audit.Effort{{HoursPerWeek: audit.One(hours, audit.Number, audit.Constant)}}
	}
	return f
}

func system(w *audit.Workspace, id string) string {
	if _, ok := w.System(id); ok {
		return id
	}
	s := audit.System{ID: id, Kind: audit.Other}
	for _, k := range s.Kind.Options() {
		if strings.HasPrefix(id, k) {
			s.Kind = audit.Kind(k)
		}
	}
	w.Systems = append(w.Systems, s)
	return id
}

func entityAt(w *audit.Workspace, id string) int {
	i := slices.IndexFunc(w.Entities, func(e audit.Entity) bool { return e.ID == id })
	if i < 0 {
		w.Entities = append(w.Entities, audit.Entity{ID: id})
		i = len(w.Entities) - 1
	}
	return i
}

// told writes findings one a line: FM002 high customer: crm erp [crm-wms-customer].
func told(findings []audit.Finding) []string {
	var lines []string
	for _, f := range findings {
		subject := strings.Join(f.Entities, " ")
		if len(f.Systems) > 0 {
			subject = strings.TrimSpace(subject + ": " + strings.Join(f.Systems, " "))
		}
		line := fmt.Sprintf("%s %s %s", f.ID, f.Severity, subject)
		if len(f.Flows) > 0 {
			line += " [" + strings.Join(f.Flows, " ") + "]"
		}
		lines = append(lines, line)
	}
	return lines
}

// value gives an argument of a finding as text, <none> if it is not there.
func value(f audit.Finding, name string) string {
	for _, a := range f.Args {
		if a.Name == name && a.Kind == audit.ArgText {
			return a.Text
		}
		if a.Name == name {
			return strings.Join(a.IDs, " ")
		}
	}
	return "<none>"
}
