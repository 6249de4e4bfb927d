package roi

import "github.com/flowmap-dev/flowmap/pkg/audit"

// Evidence is the benefit of a year by the weakest of what each part of it
// rests on: the parts add up to the benefit.
type Evidence struct {
	Assumed   float64 // money that rests on assumptions alone
	Measured  float64 // money
	Counted   float64 // money
	Estimated float64 // money
	Guessed   float64 // money
}

// evidenceOf splits a score's benefit: labour, and the errors of each point.
func evidenceOf(w audit.Workspace, f audit.Flow, today audit.Cost, s Score) Evidence {
	var e Evidence
	hourly := w.HourlyCost(f).Basis
	reduction := f.ErrorReduction.Or(w.Assumptions.ErrorReduction).Basis
	errors := 0.0
	for _, p := range today.Points {
		basis := audit.Weakest(audit.Weakest(p.Basis, reduction), peakBasis(f))
		if sharesAmong(p.Point.Rates) > 0 {
			basis = audit.Weakest(basis, recordsBasis(f))
		}
		if p.Point.Minutes.Stated() {
			basis = audit.Weakest(basis, hourly)
		}
		saved := amount(p.CostPerYear * s.ErrorReduction)
		errors = bounded(errors + saved)
		e.add(basis, saved)
	}
	labour := audit.Weakest(audit.Weakest(today.Basis, peakBasis(f)), audit.Weakest(hourly, w.AutomatedShare(f).Basis))
	e.add(labour, bounded(s.BenefitPerYear-errors))
	return e
}

func (e *Evidence) add(basis audit.Basis, money float64) {
	switch basis {
	case audit.Constant:
		e.Assumed = bounded(e.Assumed + money)
	case audit.Measured:
		e.Measured = bounded(e.Measured + money)
	case audit.Counted:
		e.Counted = bounded(e.Counted + money)
	case audit.Estimated:
		e.Estimated = bounded(e.Estimated + money)
	case audit.Guessed:
		e.Guessed = bounded(e.Guessed + money)
	}
}

// Plus adds the evidence of another flow.
func (e Evidence) Plus(o Evidence) Evidence {
	e.add(audit.Constant, o.Assumed)
	e.add(audit.Measured, o.Measured)
	e.add(audit.Counted, o.Counted)
	e.add(audit.Estimated, o.Estimated)
	e.add(audit.Guessed, o.Guessed)
	return e
}

// GuessedShare returns what share of the benefit rests on guesses; not OK
// without a benefit.
func (e Evidence) GuessedShare() Figure {
	total := bounded(bounded(e.Assumed+e.Measured) + bounded(bounded(e.Counted+e.Estimated)+e.Guessed))
	if !(total > 0) {
		return Figure{}
	}
	return Figure{bounded(e.Guessed / total), true}
}

// GuessesHalved returns the payback in months from go-live if every part of
// the benefit that rests on a guess is worth half: what it costs stays. It is
// not OK where it then never pays back, and for a score without a payback to
// work out.
func (s Score) GuessesHalved() Figure {
	if !s.NPV.OK {
		return Figure{}
	}
	i := s.Investment
	i.Benefit = bounded(i.Benefit - s.Evidence.Guessed/2)
	return figure(i.Payback())
}
