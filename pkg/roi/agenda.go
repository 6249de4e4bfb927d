package roi

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Agenda is what is worth asking next, and the plan that the answers could
// change.
type Agenda struct {
	Plan []string // ids of the flows whose NPV is above 0, in the order of the workspace
	NPV  float64  // money, of the plan: its flows' added up

	// Questions come in the order of what knowing the answer is expected to be
	// worth, then of how far it moves NPV, then of the flows; those that cannot
	// be priced come last.
	Questions []Question
}

// Question is a number that is weak, or something that nobody has stated.
type Question struct {
	Flow  string // id; empty for a number that flows share
	Role  string // id, where it is what an hour of the role costs
	Field string // effort.runs, errors.wrong-sku.rate; of what flows share hourly_cost, developer_hourly_cost
	Point string // what goes wrong, where it is about an error point

	Known  audit.Estimate // as it is stated today; not stated for an open point
	SaidBy []string       // names of those who stated it
	Date   audit.Date     // of the interview in which they did
	Ask    []string       // names of those who could know, the likeliest first; not those who said that they do not

	// Low and High are the ends of the range that the number is tried at, in
	// its own Unit: of what is stated, the range of its basis; of what is not,
	// from 0 to the most of the flow's department.
	Low, High float64
	Unit      audit.Unit

	Priced bool    // false: nothing says how large the answer may be
	Worth  float64 // money: what knowing it is expected to add to the plan's NPV
	Error  float64 // money: how far Worth may be off
	Change float64 // money: the most that knowing it could add to the plan's NPV
	Swing  float64 // money: NPV at one end of the range less that at the other, never below 0
}

// Candidates lists the ways to integrate a flow of a workspace.
type Candidates func(audit.Workspace, audit.Flow) []advise.Candidate

// Next lists what to ask, by what knowing it is expected to add, in money, to
// what is worth integrating: the expected value of partial perfect information.
//
// The plan is the set of flows whose NPV is above 0 when every number is at its
// mean. Each number in turn goes to its low and to its high, all others stay at
// their means. There the best set is worth Σ max(0, NPV), and the plan, chosen
// without knowing, Σ NPV over its flows. The change is the difference, at the
// end where it is larger: what is lost on flows that should not have been
// integrated, or missed on those that should. A number at whose ends the same
// flows are worth it changes nothing, however large it is. Each flow stands on
// its own, as in Rank.
//
// What nobody has stated goes from 0 to the most that a flow of the same
// department states, of the whole company where none does: hours a week,
// records a year, cost of errors a year, errors of one point a year, minutes
// and cost of one error. A flow without hours is in no plan until they are
// known. Other open points cannot be priced.
//
// A stated number that moves no NPV is not listed; an open point always is.
func Next(w audit.Workspace, candidates Candidates) Agenda {
	b := newBench(w, candidates)
	a := Agenda{}
	for i, f := range w.Flows {
		if worth := b.worth[i]; worth > 0 {
			a.Plan, a.NPV = append(a.Plan, f.ID), bounded(a.NPV+worth)
		}
	}
	questions := b.shared()
	for i, f := range w.Flows {
		questions = append(questions, b.weak(i, f)...)
	}
	questions = append(questions, b.open()...)
	slices.SortStableFunc(questions, func(p, q Question) int {
		return cmp.Or(stand(p.Priced, q.Priced), cmp.Compare(q.Worth, p.Worth), cmp.Compare(q.Change, p.Change), cmp.Compare(q.Swing, p.Swing))
	})
	a.Questions = questions
	return a
}

// bench is where numbers are tried: what each flow is worth at the means.
type bench struct {
	workspace  audit.Workspace
	candidates Candidates
	choice     []advise.Candidate         // of each flow of the workspace
	worth      []float64                  // NPV of each flow; 0 where there is none
	interviews map[string]audit.Interview // by file
	unknowing  map[string][]string        // names of those who said that they do not know, by flow and field
	place      map[string]int             // of each flow
	tables     *tables
}

func newBench(w audit.Workspace, candidates Candidates) bench {
	b := bench{w, candidates, make([]advise.Candidate, len(w.Flows)), make([]float64, len(w.Flows)),
		make(map[string]audit.Interview, len(w.Interviews)), map[string][]string{}, make(map[string]int, len(w.Flows)), new(tables)}
	for _, i := range w.Interviews {
		b.interviews[i.File] = i
		for _, field := range i.NotKnown {
			b.unknowing[field] = append(b.unknowing[field], i.With...)
		}
	}
	for i, f := range w.Flows {
		b.place[f.ID] = i
		if f.ByHand() {
			b.choice[i], _ = Choose(candidates(w, f))
			b.worth[i] = netValue(w, f, b.choice[i])
		}
	}
	return b
}

// netValue is the NPV that Appraise gives, 0 where it gives none, without the
// other figures.
func netValue(w audit.Workspace, f audit.Flow, c advise.Candidate) float64 {
	today := w.Cost(f)
	if !today.Stated || !c.Priced {
		return 0
	}
	s := Score{
		HoursPerYear: amount(today.HoursPerYear), HourlyCost: amount(today.HourlyCost),
		LabourPerYear: amount(today.LabourPerYear), ErrorCostPerYear: amount(today.ErrorCostPerYear),
		AutomationRate: amount(w.AutomatedShare(f).Mean()),
		ErrorReduction: amount(f.ErrorReduction.Or(w.Assumptions.ErrorReduction).Mean()),
	}
	s.addBenefit(w, f, today)
	s.choose(c)
	s.Investment.RampUp = w.Assumptions.RampUpMonths.Value
	rate, months := terminal(w)
	return NPV(rate, s.Investment.CashFlow(months))
}

// trial is one number at one value: the workspace and the flow that has it, or
// only the workspace where flows share it.
type trial struct {
	workspace audit.Workspace
	rechoose  bool // it bears on what an integration costs, so that another platform may be the choice
}

// missed is what choosing without knowing loses on a flow: what it loses if it
// is in the plan, what it would bring if it is not.
func missed(planned, known float64) float64 {
	if planned > 0 {
		return max(0, -known)
	}
	return max(0, known)
}

// know takes over what is stated, and its range.
func (q *Question) know(e audit.Estimate) {
	low, _, high := e.Range()
	q.Known, q.Unit, q.Low, q.High = e, e.Unit, amount(low), amount(high)
}

// price sets what a question could change, from what it loses and what flows
// are worth at the low and the high end.
func (q *Question) price(missedLow, missedHigh, low, high float64) {
	q.Priced = true
	q.Change = bounded(max(missedLow, missedHigh))
	q.Swing = bounded(math.Abs(bounded(high) - bounded(low)))
}

// weak prices the stated numbers of one flow.
func (b bench) weak(i int, f audit.Flow) []Question {
	if !f.ByHand() {
		return nil
	}
	var all []Question
	for _, in := range inputsOf(f) {
		q := Question{Flow: f.ID, Field: in.field, Point: in.point}
		q.know(in.known)
		b.try(&q, i, possible{b.tables.spreadOf(in.known)}, func(x float64) answer {
			return b.tried(trial{b.workspace, in.rechoose}, i, in.with(f, x))
		})
		if q.Change == 0 && q.Swing == 0 {
			continue
		}
		b.source(&q)
		q.Ask = b.whom(f, q)
		all = append(all, q)
	}
	return all
}

// shared prices the numbers that flows share: assumptions, and what an hour of
// a role costs.
func (b bench) shared() []Question {
	var all []Question
	for _, in := range sharedInputs(b.workspace) {
		q := Question{Role: in.role, Field: in.field}
		q.know(in.known)
		b.everywhere(&q, in)
		if q.Change == 0 && q.Swing == 0 {
			continue
		}
		b.source(&q)
		q.Ask = q.SaidBy
		all = append(all, q)
	}
	return all
}

// try prices a number of one flow between the ends of its range.
func (b bench) try(q *Question, i int, s possible, at func(float64) answer) {
	planned := b.worth[i] > 0
	low, middle, high := at(q.Low), at(s.middle()), at(q.High)
	q.price(missed(b.worth[i], low.known), missed(b.worth[i], high.known), low.known, high.known)
	q.Worth, q.Error = learn(planned, s, low, middle, high, at)
}

// everywhere prices a number over the flows that share it.
func (b bench) everywhere(q *Question, in sharedInput) {
	s := possible{b.tables.spreadOf(in.known)}
	workspaces := map[float64]audit.Workspace{}
	at := func(i int, f audit.Flow) func(x float64) answer {
		return func(x float64) answer {
			w, ok := workspaces[x]
			if !ok {
				w = in.with(b.workspace, x)
				workspaces[x] = w
			}
			return b.tried(trial{w, in.rechoose}, i, f)
		}
	}
	var lostLow, lostHigh, worthLow, worthHigh float64
	for i, f := range b.workspace.Flows {
		if !f.ByHand() || in.role != "" && f.Role != in.role {
			continue
		}
		of := at(i, f)
		low, middle, high := of(q.Low), of(s.middle()), of(q.High)
		lostLow, worthLow = bounded(lostLow+missed(b.worth[i], low.known)), bounded(worthLow+low.known)
		lostHigh, worthHigh = bounded(lostHigh+missed(b.worth[i], high.known)), bounded(worthHigh+high.known)
		worth, off := learn(b.worth[i] > 0, s, low, middle, high, of)
		q.Worth, q.Error = bounded(q.Worth+worth), bounded(q.Error+off)
	}
	q.price(lostLow, lostHigh, worthLow, worthHigh)
}

// source finds who stated a number, and when.
func (b bench) source(q *Question) {
	if said, ok := b.interviews[q.Known.Place.File]; ok {
		q.SaidBy, q.Date = said.With, said.Date
	}
}

// whom lists who could answer: those who stated the number, those who carry
// the flow unless it is about a solution, its owner; nobody who said that they
// do not know.
func (b bench) whom(f audit.Flow, q Question) []string {
	unknowing := b.unknowing[q.Flow+"."+q.Field]
	carriers := f.People
	if strings.HasPrefix(q.Field, "solution.") {
		carriers = nil
	}
	var names []string
	for _, name := range slices.Concat(q.SaidBy, carriers, []string{f.Owner}) {
		same := func(other string) bool { return strings.EqualFold(name, other) }
		if name != "" && !slices.ContainsFunc(names, same) && !slices.ContainsFunc(unknowing, same) {
			names = append(names, name)
		}
	}
	return names
}
