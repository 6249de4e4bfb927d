package roi

import (
	"cmp"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Sums are figures of flows that add up.
type Sums struct {
	HoursPerWeek       float64 // in a normal week
	HoursPerYear       float64 // peaks included
	LabourPerYear      float64 // money
	ErrorsPerYear      float64
	ErrorCostPerYear   float64 // money
	BenefitPerYear     float64 // money
	CashBenefitPerYear float64 // money
}

// Totals are the figures of several flows together. The embedded sums are
// Flows less Twice less Beyond.
type Totals struct {
	Sums
	Flows  Sums // of all flows, one by one
	Twice  Sums // hours that two flows claim, counted once too often, and their benefit
	Beyond Sums // benefit of hours saved beyond those that a role has

	FlowsFor80 int // the fewest flows that hold 80 % of the hours, as Concentration has it
	NotStated  int // flows whose hours nobody stated
}

// Overlap is hours that two flows both claim, and what they are worth where
// both flows are integrated.
type Overlap struct {
	A, B               string  // ids of flows, A before B
	Claimed            float64 // hours a week, as stated
	HoursPerWeek       float64 // at most those of the smaller flow
	HoursPerYear       float64 // by the lower of the two peaks
	LabourPerYear      float64 // money, at the lower of the two hourly costs
	SavedHoursPerYear  float64 // by the automation rate of the flow that saves less an hour
	BenefitPerYear     float64 // money, at the lower of the two saving values an hour
	CashBenefitPerYear float64 // money
}

// Overlaps lists the pairs among scores that claim the same hours, by id. A
// pair is listed once, whichever of the two flows states it, with the fewer
// hours if they differ.
func Overlaps(w audit.Workspace, scores []Score) []Overlap {
	at := make(map[string]int, len(scores))
	for i, s := range scores {
		at[s.Flow] = i
	}
	cash := w.Assumptions.CashShare.Mean()
	var all []Overlap
	for _, f := range w.Flows {
		for _, o := range f.Overlaps {
			i, known := at[f.ID]
			j, other := at[o.Flow]
			if !known || !other || i == j {
				continue
			}
			a, b := scores[i], scores[j]
			if b.Flow < a.Flow {
				a, b = b, a
			}
			all = append(all, overlap(a, b, o.HoursPerWeek.Value, cash))
		}
	}
	byPair := func(a, b Overlap) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) }
	slices.SortFunc(all, func(a, b Overlap) int { return cmp.Or(byPair(a, b), cmp.Compare(a.HoursPerWeek, b.HoursPerWeek)) })
	return slices.CompactFunc(all, func(a, b Overlap) bool { return byPair(a, b) == 0 })
}

// overlap values the hours a week that a and b both claim.
func overlap(a, b Score, hours, cashShare float64) Overlap {
	o := Overlap{A: a.Flow, B: b.Flow, Claimed: hours, HoursPerWeek: min(hours, a.HoursPerWeek, b.HoursPerWeek)}
	if o.HoursPerWeek <= 0 {
		return o
	}
	yearly := min(a.HoursPerYear/a.HoursPerWeek, b.HoursPerYear/b.HoursPerWeek)
	o.HoursPerYear = amount(o.HoursPerWeek * yearly)
	o.LabourPerYear = amount(o.HoursPerYear * min(a.HourlyCost, b.HourlyCost))
	less := a
	if b.AutomationRate*b.HourlyCost < a.AutomationRate*a.HourlyCost {
		less = b
	}
	o.SavedHoursPerYear = o.HoursPerYear * less.AutomationRate
	o.BenefitPerYear = amount(o.SavedHoursPerYear * less.HourlyCost)
	o.CashBenefitPerYear = o.BenefitPerYear * cashShare
	return o
}

// part returns the overlap as far as it is at most so many hours a week.
func (o Overlap) part(hoursPerWeek float64) Overlap {
	if o.HoursPerWeek <= hoursPerWeek {
		return o
	}
	share := hoursPerWeek / o.HoursPerWeek
	o.HoursPerWeek = hoursPerWeek
	o.HoursPerYear *= share
	o.LabourPerYear *= share
	o.SavedHoursPerYear *= share
	o.BenefitPerYear *= share
	o.CashBenefitPerYear *= share
	return o
}

// Total adds up the scores of flows that are taken together. Hours that two of
// them claim count once: each overlap is taken off the second flow of its pair,
// as far as that flow has hours left. The saved hours of a role count up to
// those that the role has.
func Total(w audit.Workspace, scores []Score) Totals {
	var t Totals
	for _, s := range scores {
		if !s.Stated {
			t.NotStated++
		}
		t.Flows.add(Sums{
			s.HoursPerWeek, s.HoursPerYear, s.LabourPerYear,
			s.ErrorsPerYear, s.ErrorCostPerYear, s.BenefitPerYear, s.CashBenefitPerYear,
		})
	}
	saved := savedByRole(w, scores)
	left := make(map[string]Score, len(scores))
	for _, s := range scores {
		left[s.Flow] = s
	}
	for _, o := range Overlaps(w, scores) {
		second := left[o.B]
		o = o.part(second.HoursPerWeek)
		second.HoursPerWeek -= o.HoursPerWeek
		left[o.B] = second
		saved.add(second.Role, -o.SavedHoursPerYear)
		t.Twice.add(Sums{
			HoursPerWeek: o.HoursPerWeek, HoursPerYear: o.HoursPerYear, LabourPerYear: o.LabourPerYear,
			BenefitPerYear: o.BenefitPerYear, CashBenefitPerYear: o.CashBenefitPerYear,
		})
	}
	t.Beyond = saved.beyond(w)
	t.Sums = t.Flows
	t.subtract(t.Twice)
	t.subtract(t.Beyond)
	return t
}

func (s *Sums) add(more Sums) {
	s.HoursPerWeek = bounded(s.HoursPerWeek + more.HoursPerWeek)
	s.HoursPerYear = bounded(s.HoursPerYear + more.HoursPerYear)
	s.LabourPerYear = bounded(s.LabourPerYear + more.LabourPerYear)
	s.ErrorsPerYear = bounded(s.ErrorsPerYear + more.ErrorsPerYear)
	s.ErrorCostPerYear = bounded(s.ErrorCostPerYear + more.ErrorCostPerYear)
	s.BenefitPerYear = bounded(s.BenefitPerYear + more.BenefitPerYear)
	s.CashBenefitPerYear = bounded(s.CashBenefitPerYear + more.CashBenefitPerYear)
}

func (s *Sums) subtract(less Sums) {
	s.add(Sums{
		-less.HoursPerWeek, -less.HoursPerYear, -less.LabourPerYear,
		-less.ErrorsPerYear, -less.ErrorCostPerYear, -less.BenefitPerYear, -less.CashBenefitPerYear,
	})
}

// savedHours are the hours a year that would be saved of each role, in the
// order of the workspace's roles.
type savedHours struct {
	place map[string]int // of a role
	hours []float64
}

func savedByRole(w audit.Workspace, scores []Score) savedHours {
	saved := savedHours{make(map[string]int, len(w.Roles)), make([]float64, len(w.Roles))}
	for i, r := range w.Roles {
		saved.place[r.ID] = i
	}
	for _, s := range scores {
		saved.add(s.Role, s.SavedHoursPerYear)
	}
	return saved
}

func (s savedHours) add(role string, hours float64) {
	if i, ok := s.place[role]; ok {
		s.hours[i] = bounded(s.hours[i] + hours)
	}
}

// beyond is the benefit of hours saved beyond those that the roles have.
func (s savedHours) beyond(w audit.Workspace) Sums {
	var sums Sums
	for i, r := range w.Roles {
		most, ok := capacity(w, r.ID)
		if !ok || s.hours[i] <= most {
			continue
		}
		hourly := amount(r.HourlyCost.Or(w.Assumptions.HourlyCost).Mean())
		benefit := amount((s.hours[i] - most) * hourly)
		sums.add(Sums{BenefitPerYear: benefit, CashBenefitPerYear: benefit * w.Assumptions.CashShare.Mean()})
	}
	return sums
}
