package main

import (
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

// trackJSON is the document of track --json. Net and causes are in cents, so that
// causes add up to the difference.
type trackJSON struct {
	Workspace string        `json:"workspace"` // as given
	Currency  string        `json:"currency"`
	Frozen    bool          `json:"frozen"`   // false: the audit as it is stands in for a promise
	Promised  *string       `json:"promised"` // the date of the promise
	Totals    trackCompared `json:"totals"`
	Flows     []trackFlow   `json:"flows"`
}

// trackCompared is what was planned over the months measured, what came true,
// and why they differ.
type trackCompared struct {
	Planned trackSums   `json:"planned"`
	Real    trackSums   `json:"real"`
	Causes  trackCauses `json:"causes"` // add up to the difference of the nets
}

type trackSums struct {
	Runs       float64 `json:"runs"`
	FailedRuns float64 `json:"failed_runs"`
	TestRuns   float64 `json:"test_runs"`
	Hours      float64 `json:"hours"` // still by hand
	Saved      float64 `json:"saved_hours"`
	Errors     float64 `json:"errors"`
	ErrorCost  float64 `json:"error_cost"`
	Benefit    float64 `json:"benefit"`
	Platform   float64 `json:"platform"`
	Upkeep     float64 `json:"upkeep"`
	Build      float64 `json:"build"`
	Net        float64 `json:"net"`
}

type trackCauses struct {
	Volume   float64 `json:"volume"`
	Rate     float64 `json:"rate"`
	Errors   float64 `json:"errors"`
	Platform float64 `json:"platform"`
	Build    float64 `json:"build"`
}

type trackFlow struct {
	ID             string   `json:"id"`
	Name           string   `json:"name"`
	Promised       bool     `json:"promised"`
	Gone           bool     `json:"gone"`
	Live           *string  `json:"live"`
	PlannedPayback *float64 `json:"planned_payback_months"` // null: never, or nothing promised
	Payback        *float64 `json:"payback_months"`         // null: never, or nothing measured
	Projected      bool     `json:"payback_projected"`
	InHorizon      bool     `json:"payback_in_horizon"`
	trackCompared
	Months []trackMonth `json:"months"`
}

type trackMonth struct {
	Month        string    `json:"month"`
	Nth          int       `json:"months_after_go_live"`
	HoursAssumed bool      `json:"hours_assumed"` // not measured: the promised rate is taken
	RunsCounted  bool      `json:"runs_counted"`  // false: no log was read, and runs are 0 for want of one
	Source       string    `json:"source"`
	Planned      trackSums `json:"planned"`
	Real         trackSums `json:"real"`
}

func trackDocument(dir string, t report.Tracked) trackJSON {
	doc := trackJSON{Workspace: dir, Currency: t.Promise.Currency, Frozen: t.Frozen, Flows: []trackFlow{},
		Totals: trackCompared{trackSums(t.Result.Planned), trackSums(t.Result.Real), trackCauses(t.Result.Causes)}}
	if t.Promise.Date != "" {
		doc.Promised = &t.Promise.Date
	}
	for _, f := range t.Result.Flows {
		doc.Flows = append(doc.Flows, trackFlowDocument(f))
	}
	return doc
}

func trackFlowDocument(f track.Flow) trackFlow {
	x := trackFlow{ID: f.ID, Name: f.Name, Promised: f.Promised != nil, Gone: f.Gone, Projected: f.Projected, InHorizon: f.InHorizon,
		trackCompared: trackCompared{trackSums(f.Planned), trackSums(f.Real), trackCauses(f.Causes)}, Months: []trackMonth{}}
	if live := string(f.Live); live != "" {
		x.Live = &live
	}
	if f.Promised != nil {
		x.PlannedPayback = f.Promised.PaybackMonths
	}
	if f.Payback.OK {
		x.Payback = &f.Payback.Value
	}
	for _, m := range f.Months {
		x.Months = append(x.Months, trackMonth{string(m.Month), m.Nth, m.Assumed, m.Logged, m.Source, trackSums(m.Planned), trackSums(m.Real)})
	}
	return x
}
