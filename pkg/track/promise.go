// Package track keeps what a proposal promised, and compares it with what came
// true: hours, errors, cost and payback, by flow and month, and why they differ.
// It returns amounts and ids, never sentences.
package track

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// PromiseFile is the name of the file in a workspace that keeps the promise.
const PromiseFile = "promise.json"

// Promise is what was promised: the figures of an audit on the day on which they
// were frozen. Nothing that is edited later changes it.
type Promise struct {
	Date          string     `json:"date"` // of the audit; may be empty
	Currency      string     `json:"currency"`
	HorizonMonths int        `json:"horizon_months"`
	RampUpMonths  float64    `json:"ramp_up_months"`
	BuildBase     float64    `json:"build_base_hours"` // of the formula for build hours at the time, so that learning can tell what it was
	Flows         []Promised `json:"flows"`            // in the order of the workspace
}

// Promised is what was promised about one flow. Money is in the promise's
// currency.
type Promised struct {
	Flow                string      `json:"flow"` // id
	Name                string      `json:"name"`
	Platform            string      `json:"platform"` // id
	Tier                string      `json:"tier"`
	HoursPerYear        float64     `json:"hours_per_year"` // by hand, before
	HoursBasis          audit.Basis `json:"hours_basis"`    // the weakest of what they rest on
	HourlyCost          float64     `json:"hourly_cost"`
	RecordsPerYear      float64     `json:"records_per_year"` // 0: not known
	RecordsBasis        audit.Basis `json:"records_basis"`
	RunARecord          bool        `json:"run_a_record"` // each record is sent by itself; else a run fetches what came
	ErrorsPerYear       float64     `json:"errors_per_year"`
	ErrorCostPerYear    float64     `json:"error_cost_per_year"`
	AutomationRate      float64     `json:"automation_rate"`      // share of the hours that an integration removes
	ErrorReduction      float64     `json:"error_reduction"`      // share of the errors that it prevents
	SavedHoursPerYear   float64     `json:"saved_hours_per_year"` // never more than the flow's role has
	BuildCost           float64     `json:"build_cost"`
	BuildHours          float64     `json:"build_hours"` // 0: a price was agreed
	PlatformPerMonth    float64     `json:"platform_per_month"`
	MaintenancePerMonth float64     `json:"maintenance_per_month"`
	PeakFactor          float64     `json:"peak_factor"`    // what a peak month is to a normal one; 1: no peak
	PeakMonths          []int       `json:"peak_months"`    // 1 to 12
	PaybackMonths       *float64    `json:"payback_months"` // null: never
	NPV                 float64     `json:"npv"`
}

// In is the promise with its money in another currency, of which one unit of the
// promise's own is worth rate.
func (p Promise) In(currency string, rate float64) Promise {
	p.Currency = currency
	p.Flows = slices.Clone(p.Flows)
	for i := range p.Flows {
		f := &p.Flows[i]
		for _, money := range []*float64{&f.HourlyCost, &f.ErrorCostPerYear, &f.BuildCost, &f.PlatformPerMonth, &f.MaintenancePerMonth, &f.NPV} {
			*money *= rate
		}
	}
	return p
}

// Of is the promise that the scores of a workspace make: of each flow that has
// hours and a solution whose price is known. Where ids are given, of those flows
// alone; the error names one of which nothing can be promised.
func Of(w audit.Workspace, scores []roi.Score, ids []string) (Promise, error) {
	p := Promise{Date: string(w.Date), Currency: w.Currency, HorizonMonths: int(w.Assumptions.HorizonMonths.Value), RampUpMonths: w.Assumptions.RampUpMonths.Value, Flows: []Promised{}}
	at := map[string]roi.Score{}
	for _, s := range scores {
		at[s.Flow] = s
	}
	for _, id := range ids {
		if s, ok := at[id]; !ok || !s.NPV.OK {
			return p, &NothingToPromiseError{id}
		}
	}
	wanted := func(id string) bool {
		for _, x := range ids {
			if x == id {
				return true
			}
		}
		return len(ids) == 0
	}
	for _, f := range w.Flows {
		if s, ok := at[f.ID]; ok && s.NPV.OK && wanted(f.ID) {
			p.Flows = append(p.Flows, promised(w, f, s))
		}
	}
	return p, nil
}

// NothingToPromiseError says that a flow has no figures that could be promised.
type NothingToPromiseError struct{ Flow string }

func (e *NothingToPromiseError) Error() string {
	return fmt.Sprintf("flow %q has no hours, or no solution whose price is known: nothing can be promised of it", e.Flow)
}

func promised(w audit.Workspace, f audit.Flow, s roi.Score) Promised {
	c := w.Cost(f)
	x := Promised{
		Flow: f.ID, Name: f.Label(), Platform: s.Choice.Platform, Tier: s.Choice.Tier,
		HoursPerYear: s.HoursPerYear, HoursBasis: c.Basis, HourlyCost: s.HourlyCost, RecordsPerYear: c.RecordsPerYear,
		ErrorsPerYear: s.ErrorsPerYear, ErrorCostPerYear: s.ErrorCostPerYear, AutomationRate: s.AutomationRate, ErrorReduction: s.ErrorReduction,
		SavedHoursPerYear: s.SavedHoursPerYear, BuildCost: s.BuildCost, PlatformPerMonth: s.PlatformPerMonth.Value, MaintenancePerMonth: s.MaintenancePerMonth,
		PeakFactor: 1, PeakMonths: []int{}, NPV: s.NPV.Value,
	}
	x.RecordsBasis = f.Volume.Records.Basis
	if !f.Volume.Records.Stated() {
		for _, e := range f.Efforts {
			x.RecordsBasis = audit.Weakest(x.RecordsBasis, e.Runs.Basis)
		}
	}
	x.RunARecord = s.Choice.Pattern == audit.Push || s.Choice.Pattern == audit.PubSub
	if !f.Solution.BuildCost.Stated() {
		x.BuildHours = s.Choice.BuildHours.Mean()
	}
	if len(f.Peak.Months) > 0 && f.Peak.Factor.Stated() {
		x.PeakFactor, x.PeakMonths = f.Peak.Factor.Mean(), f.Peak.Months
	}
	if s.Payback.OK {
		x.PaybackMonths = &s.Payback.Value
	}
	return x
}

// sealed is the file: the promise and its hash.
type sealed struct {
	Format  string          `json:"format"`
	Version int             `json:"version"`
	SHA256  string          `json:"sha256"` // of promise without blanks
	Promise json.RawMessage `json:"promise"`
}

const (
	promiseFormat  = "flowmap-promise"
	promiseVersion = 1
)

// Seal writes a promise with its hash.
func (p Promise) Seal() ([]byte, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(sealed{promiseFormat, promiseVersion, hash(text), text})
	return out.Bytes(), err
}

func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// BrokenError says that a file is no promise any more, and why.
type BrokenError struct{ Why Broken }

// Broken is what may be wrong with a file that should hold a promise.
type Broken string

// What may be wrong.
const (
	Edited     Broken = "edited"     // it does not have the hash that it was given
	Unreadable Broken = "unreadable" // it is no such file
	Newer      Broken = "too new"    // a later flowmap wrote it
)

func (e *BrokenError) Error() string { return "the promise is " + string(e.Why) }

// Open reads a promise, and checks that it is as it was sealed. The error is a
// BrokenError.
func Open(text []byte) (Promise, error) {
	var s sealed
	var p Promise
	if err := json.Unmarshal(text, &s); err != nil || s.Format != promiseFormat {
		return p, &BrokenError{Unreadable}
	}
	if s.Version > promiseVersion {
		return p, &BrokenError{Newer}
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, s.Promise); err != nil {
		return p, &BrokenError{Unreadable}
	}
	// The encoder writes < and the like as they are in the file; the hash is of
	// Marshal's text, which escapes them.
	if !strings.EqualFold(hash(escaped(compact.Bytes())), s.SHA256) {
		return p, &BrokenError{Edited}
	}
	if err := json.Unmarshal(s.Promise, &p); err != nil {
		return p, &BrokenError{Unreadable}
	}
	return p, nil
}

// escaped is JSON with what HTML would take for its own written by its number.
func escaped(text []byte) []byte {
	var out bytes.Buffer
	json.HTMLEscape(&out, text)
	return out.Bytes()
}

// Flow returns what was promised about a flow, and false if nothing was.
func (p Promise) Flow(id string) (Promised, bool) {
	for _, f := range p.Flows {
		if f.Flow == id {
			return f, true
		}
	}
	return Promised{}, false
}
