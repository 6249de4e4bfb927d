package audit

import (
	"cmp"
	"fmt"
	"slices"
)

// Examine returns what the people and the figures of a workspace show, every
// what-if included: FM009 (one person), FM011 (more hours than people have) and
// FM016 (improbable figures), sorted by id, then by what hangs on them.
func (w Workspace) Examine() []Finding {
	x := examination{w: w, costs: make([]Cost, len(w.Flows))}
	for i, f := range w.Flows {
		x.costs[i] = w.Cost(f)
	}
	people := x.people()
	return slices.Concat(x.onePerson(people), x.overCapacity(people), x.improbable())
}

// examination is a workspace with what each of its flows costs.
type examination struct {
	w     Workspace
	costs []Cost
}

// worker is somebody who does flows by hand.
type worker struct {
	name  string // as it is first written
	flows []int  // positions
}

// people lists those who do flows by hand, by name. Accents and capitals make
// no other person.
func (x examination) people() []worker {
	at := map[string]int{}
	var all []worker
	for i, f := range x.w.Flows {
		if !f.ByHand() {
			continue
		}
		for _, name := range distinct(f.People) {
			n, known := at[fold(name)]
			if !known {
				n = len(all)
				at[fold(name)] = n
				all = append(all, worker{name: name})
			}
			all[n].flows = append(all[n].flows, i)
		}
	}
	slices.SortFunc(all, func(a, b worker) int { return cmp.Compare(fold(a.name), fold(b.name)) })
	return all
}

// distinct leaves out names that another one repeats.
func distinct(names []string) []string {
	var all []string
	for _, name := range names {
		if !slices.ContainsFunc(all, func(other string) bool { return fold(other) == fold(name) }) {
			all = append(all, name)
		}
	}
	return all
}

// finding fills in what every finding has: the flows with what hangs on them,
// and where a field of theirs stands.
func (x examination) finding(f Finding, flows []int, field string) Finding {
	for _, i := range flows {
		flow, c := &x.w.Flows[i], x.costs[i]
		f.Flows = append(f.Flows, flow.ID)
		f.HoursPerWeek += c.HoursPerWeek
		f.CostPerYear += c.LabourPerYear + c.ErrorCostPerYear
		if at := x.w.Place("flow", flow.ID, field); !at.IsZero() {
			f.Places = append(f.Places, at)
		}
	}
	return f
}

// mostNamed is how many flows a sentence names; of more it gives the number.
const mostNamed = 5

// FlowArgs are the flows of a sentence: their names, and of many their number
// in a sentence of its own.
func FlowArgs(flows []string) []Arg {
	args := []Arg{{Name: "flows", Kind: ArgFlow, IDs: flows}, {Name: "count", Kind: ArgCount, Number: float64(len(flows))}}
	if len(flows) > mostNamed {
		args = append(args, Arg{Name: "variant", Kind: ArgText, Text: "many"})
	}
	return args
}

// onePerson is FM009, medium: somebody is the only one named for flows by hand
// that nobody else does meanwhile. It is high where what is not done is lost.
func (x examination) onePerson(people []worker) []Finding {
	var found []Finding
	for _, p := range people {
		var alone []int
		severity := SeverityMedium
		for _, i := range p.flows {
			f := x.w.Flows[i]
			if len(distinct(f.People)) > 1 || f.Absence == Delegated {
				continue
			}
			alone = append(alone, i)
			if f.Absence == Lost {
				severity = SeverityHigh
			}
		}
		if len(alone) == 0 {
			continue
		}
		f := x.finding(Finding{ID: "FM009", Kind: "one-person", Severity: severity, People: []string{p.name}}, alone, "people")
		f.Args = append(FlowArgs(f.Flows), Arg{Name: "person", Kind: ArgPerson, IDs: f.People})
		found = append(found, f)
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(b.HoursPerWeek, a.HoursPerWeek) })
	return found
}

// month of the year, 1 to 12; 0 is a normal one.
type month int

// load is what a role or a person has to do.
type load struct {
	flows []int              // positions
	share func(Flow) float64 // what part of a flow's hours is meant
	most  float64            // hours a week that there are
}

// busiest finds the month in which a load takes most hours a week.
func (x examination) busiest(l load) (month, float64) {
	var hours [13]float64
	for _, i := range l.flows {
		f := x.w.Flows[i]
		normal := float64(x.costs[i].HoursPerWeek * l.share(f))
		for m := range hours {
			if m > 0 && slices.Contains(f.Peak.Months, m) && f.Peak.Factor.Stated() {
				hours[m] += float64(normal * f.Peak.Factor.Mean())
				continue
			}
			hours[m] += normal
		}
	}
	top := month(0)
	for m := range hours {
		if hours[m] > hours[top]*(1+1e-9) {
			top = month(m)
		}
	}
	return top, hours[top]
}

// overCapacity is FM011, medium: in the busiest month the flows of a role take
// more hours than its people have, or those of a person more than one has. A
// flow's hours are shared evenly among those named for it.
func (x examination) overCapacity(people []worker) []Finding {
	byRole := map[string][]int{}
	for i, f := range x.w.Flows {
		if f.ByHand() {
			byRole[f.Role] = append(byRole[f.Role], i)
		}
	}
	each := x.w.Assumptions.HoursPerPerson.Value
	var found []Finding
	for _, r := range x.w.Roles {
		if r.Headcount.Stated {
			f := Finding{Roles: []string{r.ID}, Args: []Arg{{Name: "role", Kind: ArgRole, IDs: []string{r.ID}}}}
			found = append(found, x.over(f, "role", load{byRole[r.ID], func(Flow) float64 { return 1 }, r.Headcount.Value * each})...)
		}
	}
	for _, p := range people {
		f := Finding{People: []string{p.name}, Args: []Arg{{Name: "person", Kind: ArgPerson, IDs: []string{p.name}}}}
		found = append(found, x.over(f, "person", load{p.flows, func(f Flow) float64 { return 1 / float64(len(distinct(f.People))) }, each})...)
	}
	return found
}

// over is the finding, if the hours of a load exceed the most that there are.
func (x examination) over(f Finding, whose string, l load) []Finding {
	m, hours := x.busiest(l)
	if hours <= l.most*(1+1e-9) {
		return nil
	}
	f.ID, f.Kind, f.Severity = "FM011", "over-capacity", SeverityMedium
	f.Args = append(f.Args, Arg{Name: "hours", Kind: ArgHours, Number: hours}, Arg{Name: "most", Kind: ArgHours, Number: l.most})
	if m > 0 {
		whose += "_peak"
		f.Args = append(f.Args, Arg{Name: "month", Kind: ArgKey, Text: fmt.Sprintf("month.%d", m)})
	}
	f.Args = append(f.Args, Arg{Name: "variant", Kind: ArgText, Text: whose})
	stated := slices.DeleteFunc(slices.Clone(l.flows), func(i int) bool { return !x.costs[i].Stated })
	return []Finding{x.finding(f, stated, "effort")}
}

// mostWrong is the share of records from which FM016 doubts an error point.
const mostWrong = .30

// improbable is what FM016 sees in what was stated, medium: an error share over
// 30 %, or more hours than the people named for a flow have. A payback under
// one month is roi's to see.
func (x examination) improbable() []Finding {
	var found []Finding
	for i, f := range x.w.Flows {
		for _, p := range x.costs[i].Points {
			if share := x.costs[i].wrong(p); share > mostWrong*(1+1e-9) {
				found = append(found, x.suspect(i, p.Point.Place, "share",
					Arg{Name: "what", Kind: ArgText, Text: p.Point.Label()}, Arg{Name: "share", Kind: ArgShare, Number: share}))
			}
		}
		people := distinct(f.People)
		most := float64(len(people)) * x.w.Assumptions.HoursPerPerson.Value
		if hours := x.costs[i].HoursPerWeek; most > 0 && hours > most*(1+1e-9) {
			found = append(found, x.suspect(i, x.w.Place("flow", f.ID, "effort"), "hours",
				Arg{Name: "hours", Kind: ArgHours, Number: hours}, Arg{Name: "people", Kind: ArgPerson, IDs: people}, Arg{Name: "most", Kind: ArgHours, Number: most}))
		}
	}
	return found
}

// wrong is the share of a flow's records that an error point spoils; 0 where it
// is not known. A point that says how often is held to a stated volume only: a
// run may carry many records.
func (c Cost) wrong(p PointCost) float64 {
	if r := p.Point.Rates; r.Stated() && r[0].Unit == Share {
		return r.Mean()
	}
	if !p.Known || c.RecordsAssumed || c.RecordsPerYear <= 0 {
		return 0
	}
	return p.ErrorsPerYear / c.RecordsPerYear
}

// suspect is FM016 about one flow.
func (x examination) suspect(flow int, at Place, variant string, args ...Arg) Finding {
	f := x.finding(Finding{ID: "FM016", Kind: "improbable", Severity: SeverityMedium}, []int{flow}, "")
	if !at.IsZero() {
		f.Places = []Place{at}
	}
	if variant == "hours" {
		f.People = distinct(x.w.Flows[flow].People)
	}
	f.Args = append([]Arg{{Name: "variant", Kind: ArgText, Text: variant}, {Name: "flow", Kind: ArgFlow, IDs: f.Flows}}, args...)
	return f
}
