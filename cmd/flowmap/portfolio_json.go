package main

import (
	"github.com/flowmap-dev/flowmap/pkg/clients"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// portfolioJSON is the document of portfolio --json.
type portfolioJSON struct {
	Clients  int                `json:"clients"`
	LeftOut  []leftOutJSON      `json:"left_out"`
	Totals   []clientTotalJSON  `json:"totals"`
	Flows    []commonFlowJSON   `json:"flows"`
	Pairs    []commonPairJSON   `json:"pairs"`
	Findings []commonFinding    `json:"findings"`
	Groups   []clientsGroupJSON `json:"groups"`
	Realised []realisedJSON     `json:"realised"`
	// Hidden counts what is not shown since too few clients have it.
	Hidden int `json:"hidden"`
}

// leftOutJSON is a workspace that cannot be read. Its name is null in a redacted
// document, and so is why, which may name it.
type leftOutJSON struct {
	Workspace *string `json:"workspace"`
	Why       *string `json:"why"`
}

type clientTotalJSON struct {
	Currency         string  `json:"currency"`
	Clients          int     `json:"clients"`
	Flows            int     `json:"flows"`
	NotStated        int     `json:"not_stated"`
	HoursPerWeek     float64 `json:"hours_per_week"`
	HoursPerYear     float64 `json:"hours_per_year"`
	LabourPerYear    float64 `json:"labour_per_year"`
	ErrorCostPerYear float64 `json:"error_cost_per_year"`
	BenefitPerYear   float64 `json:"benefit_per_year"`
}

// realisedJSON is what was promised and what came true, over the months that were
// measured.
type realisedJSON struct {
	Currency          string  `json:"currency"`
	Clients           int     `json:"clients"`
	Flows             int     `json:"flows"`
	Months            int     `json:"months"`
	SavedHoursPlanned float64 `json:"saved_hours_planned"`
	SavedHours        float64 `json:"saved_hours"`
	BenefitPlanned    float64 `json:"benefit_planned"`
	Benefit           float64 `json:"benefit"`
	PlatformPlanned   float64 `json:"platform_planned"`
	Platform          float64 `json:"platform"`
	BuildPlanned      float64 `json:"build_planned"`
	Build             float64 `json:"build"`
	NetPlanned        float64 `json:"net_planned"`
	Net               float64 `json:"net"`
}

type commonFlowJSON struct {
	From         string  `json:"from"`
	To           string  `json:"to"`
	Entity       string  `json:"entity"`
	Clients      int     `json:"clients"`
	Flows        int     `json:"flows"`
	HoursPerWeek float64 `json:"hours_per_week"`
}

type commonPairJSON struct {
	From         string  `json:"from"`
	To           string  `json:"to"`
	Clients      int     `json:"clients"`
	Flows        int     `json:"flows"`
	HoursPerWeek float64 `json:"hours_per_week"`
}

type commonFinding struct {
	ID      string `json:"id"`
	Clients int    `json:"clients"`
}

type clientsGroupJSON struct {
	By            string        `json:"by"`
	Name          string        `json:"name"`
	Currency      string        `json:"currency"`
	Clients       int           `json:"clients"`
	Flows         int           `json:"flows"`
	HoursPerWeek  quartilesJSON `json:"hours_per_week"`
	BuildCost     quartilesJSON `json:"build_cost"`
	PaybackMonths quartilesJSON `json:"payback_months"`
}

// quartilesJSON are of type 7; null where so many never come.
type quartilesJSON struct {
	P25 *float64 `json:"p25"`
	P50 *float64 `json:"p50"`
	P75 *float64 `json:"p75"`
}

func portfolioDocument(p clientsTogether) portfolioJSON {
	doc := portfolioJSON{Clients: p.Clients, LeftOut: []leftOutJSON{}, Totals: []clientTotalJSON{}, Flows: []commonFlowJSON{}, Pairs: []commonPairJSON{},
		Findings: []commonFinding{}, Groups: []clientsGroupJSON{}, Realised: []realisedJSON{}, Hidden: p.Hidden}
	for _, b := range p.broken {
		if p.redacted {
			doc.LeftOut = append(doc.LeftOut, leftOutJSON{})
		} else {
			doc.LeftOut = append(doc.LeftOut, leftOutJSON{&b.dir, &b.why})
		}
	}
	for _, t := range p.Totals {
		doc.Totals = append(doc.Totals, clientTotalJSON(t))
	}
	for _, c := range p.Flows {
		doc.Flows = append(doc.Flows, commonFlowJSON{c.Key[0], c.Key[1], c.Key[2], c.Clients, c.Flows, c.HoursPerWeek})
	}
	for _, c := range p.Pairs {
		doc.Pairs = append(doc.Pairs, commonPairJSON{c.Key[0], c.Key[1], c.Clients, c.Flows, c.HoursPerWeek})
	}
	for _, c := range p.Findings {
		doc.Findings = append(doc.Findings, commonFinding{c.Key[0], c.Clients})
	}
	for _, g := range p.Groups {
		doc.Groups = append(doc.Groups, clientsGroupJSON{g.By, g.Name, g.Currency, g.Clients, g.Flows, quartilesOf(g.Hours), quartilesOf(g.Build), quartilesOf(g.Payback)})
	}
	for _, c := range p.Realised {
		doc.Realised = append(doc.Realised, realisedJSON{c.Currency, c.Clients, c.Flows, c.Months, c.Planned.Saved, c.Real.Saved, c.Planned.Benefit, c.Real.Benefit,
			c.Planned.Platform, c.Real.Platform, c.Planned.Build, c.Real.Build, c.Planned.Net, c.Real.Net})
	}
	return doc
}

func quartilesOf(q clients.Quartiles) quartilesJSON {
	at := func(f roi.Figure) *float64 {
		if !f.OK {
			return nil
		}
		return &f.Value
	}
	return quartilesJSON{at(q.Lower), at(q.Median), at(q.Upper)}
}
