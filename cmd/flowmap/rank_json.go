package main

import (
	"iter"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// rankFields are the columns of rank --csv, named as in rank --json.
var rankFields = []string{"rank", "id", "name", "department", "from", "to", "entity",
	"hours_per_week", "hours_per_year", "errors_per_year", "labour_per_year", "error_cost_per_year", "benefit_per_year",
	"platform", "tier", "decided", "pattern", "build_cost", "platform_per_month", "maintenance_per_month", "monthly_cost",
	"payback_months", "discounted_payback_months", "cash_payback_months", "npv", "irr", "roi", "break_even_hours_per_week",
	"payback_p10", "payback_p50", "payback_p90", "probability_on_target"}

// rankJSON is the document of rank --json. What is not known is null.
type rankJSON struct {
	Workspace   string         `json:"workspace"`
	Currency    string         `json:"currency"`
	Assumptions map[string]any `json:"assumptions"`
	Flows       []rankedFlow   `json:"flows"`
	Totals      rankTotals     `json:"totals"`
}

type rankedFlow struct {
	Rank                    *int            `json:"rank"`
	ID                      string          `json:"id"`
	Name                    string          `json:"name"`
	Department              string          `json:"department"`
	From                    string          `json:"from"`
	To                      string          `json:"to"`
	Entity                  string          `json:"entity"`
	HoursPerWeek            *float64        `json:"hours_per_week"`
	HoursPerYear            *float64        `json:"hours_per_year"`
	ErrorsPerYear           *float64        `json:"errors_per_year"`
	LabourPerYear           *float64        `json:"labour_per_year"`
	ErrorCostPerYear        *float64        `json:"error_cost_per_year"`
	BenefitPerYear          *float64        `json:"benefit_per_year"`
	Platform                *string         `json:"platform"`
	Tier                    *string         `json:"tier"`
	Decided                 bool            `json:"decided"`
	Pattern                 *audit.Pattern  `json:"pattern"`
	BuildCost               *float64        `json:"build_cost"`
	PlatformPerMonth        *float64        `json:"platform_per_month"`
	MaintenancePerMonth     *float64        `json:"maintenance_per_month"`
	MonthlyCost             *float64        `json:"monthly_cost"`
	Operation               *catalogue.Unit `json:"operation"`
	OperationsPerMonth      *float64        `json:"operations_per_month"`
	OperationsInPeakMonth   *float64        `json:"operations_in_peak_month"`
	PaybackMonths           *float64        `json:"payback_months"`
	DiscountedPaybackMonths *float64        `json:"discounted_payback_months"`
	CashPaybackMonths       *float64        `json:"cash_payback_months"`
	NPV                     *float64        `json:"npv"`
	IRR                     *float64        `json:"irr"`
	ROI                     *float64        `json:"roi"`
	BreakEvenHoursPerWeek   *float64        `json:"break_even_hours_per_week"`
	*rankedOutlook
}

// rankedOutlook is what a simulation adds; its digits stop at the standard
// error.
type rankedOutlook struct {
	PaybackP10          *float64 `json:"payback_p10"`
	PaybackP50          *float64 `json:"payback_p50"`
	PaybackP90          *float64 `json:"payback_p90"`
	ProbabilityOnTarget *float64 `json:"probability_on_target"`
}

// outlookOf is null where a flow was not simulated, and where so many trials
// never pay back.
func outlookOf(o roi.Outlook) *rankedOutlook {
	if o.Trials == 0 {
		return &rankedOutlook{}
	}
	p := o.Payback
	onTarget := roi.Settled(o.OnTarget.Value, o.OnTarget.Error)
	return &rankedOutlook{settled(p.P10), settled(p.P50), settled(p.P90), &onTarget}
}

func settled(p roi.Percentile) *float64 {
	if !p.OK {
		return nil
	}
	value := roi.Settled(p.Value, p.Error)
	return &value
}

type rankTotals struct {
	HoursPerWeek     float64 `json:"hours_per_week"`
	HoursPerYear     float64 `json:"hours_per_year"`
	LabourPerYear    float64 `json:"labour_per_year"`
	ErrorCostPerYear float64 `json:"error_cost_per_year"`
	BenefitPerYear   float64 `json:"benefit_per_year"`
	FlowsFor80       int     `json:"flows_for_80_percent"`
	NotStated        int     `json:"not_stated"`
}

// rankHead is the document of rank --json, but for its flows.
func rankHead(dir string, a analysis) rankJSON {
	sum := a.ranking.Totals.Flows // totals add up with the flows
	return rankJSON{Workspace: dir, Currency: a.workspace.Currency, Assumptions: assumptionValues(a.workspace.Assumptions),
		Flows: []rankedFlow{},
		Totals: rankTotals{sum.HoursPerWeek, sum.HoursPerYear, sum.LabourPerYear, sum.ErrorCostPerYear, sum.BenefitPerYear,
			a.ranking.Totals.FlowsFor80, a.ranking.Totals.NotStated}}
}

// rankedFlows are the flows of rank --json, each made when it is asked for.
func rankedFlows(a analysis) iter.Seq[rankedFlow] {
	return func(yield func(rankedFlow) bool) {
		for i := range a.ranking.Scores {
			s := &a.ranking.Scores[i]
			f := ranked(a, s)
			if a.trials > 0 {
				f.rankedOutlook = outlookOf(s.Outlook)
			}
			if !yield(f) {
				return
			}
		}
	}
}

func rankDocument(dir string, a analysis) rankJSON {
	doc := rankHead(dir, a)
	doc.Flows = slices.AppendSeq(doc.Flows, rankedFlows(a))
	return doc
}

func ranked(a analysis, s *roi.Score) rankedFlow {
	f, _ := a.workspace.Flow(s.Flow)
	r := rankedFlow{ID: f.ID, Name: f.Name, Department: f.Department, From: f.From, To: f.To, Entity: f.Entity,
		PaybackMonths: known(s.Payback), DiscountedPaybackMonths: known(s.DiscountedPayback), CashPaybackMonths: known(s.CashPayback),
		NPV: known(s.NPV), ROI: known(s.ROI), BreakEvenHoursPerWeek: known(s.BreakEvenHoursPerWeek)}
	if s.Stated {
		r.Rank, r.HoursPerWeek, r.HoursPerYear = &s.Rank, &s.HoursPerWeek, &s.HoursPerYear
		r.LabourPerYear, r.BenefitPerYear = &s.LabourPerYear, &s.BenefitPerYear
	}
	r.addErrors(a.workspace.Cost(f), f)
	if len(s.IRR) == 1 {
		r.IRR = &s.IRR[0]
	}
	if s.Chosen {
		r.addChoice(s)
	}
	return r
}

// addErrors leaves null what nobody stated: errors that were not asked about, or
// whose number is not known, and their cost where none of them has one.
func (r *rankedFlow) addErrors(c audit.Cost, f audit.Flow) {
	none := f.Errors != nil && len(f.Errors) == 0 // asked, and there are none
	counted, priced := none, none
	for _, p := range c.Points {
		counted = counted || p.Known
		priced = priced || p.Known && p.Priced
	}
	if counted {
		r.ErrorsPerYear = &c.ErrorsPerYear
	}
	if priced {
		r.ErrorCostPerYear = &c.ErrorCostPerYear
	}
}

func (r *rankedFlow) addChoice(s *roi.Score) {
	c := &s.Choice
	r.Platform, r.Decided, r.Pattern = &c.Platform, c.Decided, &c.Pattern
	if c.Tier != "" {
		r.Tier = &c.Tier
	}
	r.BuildCost, r.MaintenancePerMonth = &s.BuildCost, &s.MaintenancePerMonth
	r.PlatformPerMonth, r.MonthlyCost = known(s.PlatformPerMonth), known(s.MonthlyCost)
	if c.Metered {
		r.Operation, r.OperationsPerMonth, r.OperationsInPeakMonth = &c.Unit, &c.Operations, &c.PeakOperations
	}
}

func known(f roi.Figure) *float64 {
	if !f.OK {
		return nil
	}
	return &f.Value
}
