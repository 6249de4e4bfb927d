package main

import (
	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// nextJSON is the document of next --json. What is not known is null.
type nextJSON struct {
	Workspace string         `json:"workspace"`
	Currency  string         `json:"currency"`
	Plan      nextPlan       `json:"plan"`
	Questions []nextQuestion `json:"questions"`
	More      int            `json:"more"`

	// The listed departments in which no interview is complete.
	Departments []nextDepartment `json:"departments"`
}

type nextDepartment struct {
	Name      string `json:"name"`
	Confirmed bool   `json:"confirmed"` // false: an archetype brought it
}

type nextPlan struct {
	Flows []string `json:"flows"`
	NPV   float64  `json:"npv"`
}

type nextQuestion struct {
	Flow         *string    `json:"flow"`
	Role         *string    `json:"role"`
	Field        string     `json:"field"`
	Question     string     `json:"question"`
	WorthKnowing *float64   `json:"worth_knowing"` // expected, in money
	WorthError   *float64   `json:"worth_knowing_error"`
	CouldChange  *float64   `json:"could_change"` // at most
	Swing        *float64   `json:"npv_swing"`
	Low          *float64   `json:"low"`
	High         *float64   `json:"high"`
	Unit         string     `json:"unit"`
	Known        *nextKnown `json:"known"`
	Ask          []string   `json:"ask"`
}

type nextKnown struct {
	Value  string      `json:"value"`
	Basis  audit.Basis `json:"basis"`
	SaidBy []string    `json:"said_by"`
	Date   audit.Date  `json:"date"`
	Place  string      `json:"place"`
}

func (p wording) document(dir string, a roi.Agenda, shown []roi.Question) nextJSON {
	doc := nextJSON{Workspace: dir, Currency: p.workspace.Currency, Plan: nextPlan{list(a.Plan), a.NPV},
		Questions: make([]nextQuestion, 0, len(shown)), More: len(a.Questions) - len(shown), Departments: []nextDepartment{}}
	for _, d := range p.workspace.UnheardDepartments(p.voice.Department) {
		doc.Departments = append(doc.Departments, nextDepartment{d.Name, d.Confirmed != audit.No})
	}
	for _, q := range shown {
		item := nextQuestion{Field: q.Field, Question: p.question(q), Ask: list(q.Ask)}
		if q.Flow != "" {
			item.Flow = &q.Flow
		}
		if q.Role != "" {
			item.Role = &q.Role
		}
		if q.Priced {
			item.WorthKnowing, item.WorthError = &q.Worth, &q.Error
			item.CouldChange, item.Swing, item.Low, item.High = &q.Change, &q.Swing, &q.Low, &q.High
			item.Unit = unitName(q.Unit)
		}
		if q.Known.Stated() {
			place := q.Known.Place.String()
			item.Known = &nextKnown{q.Known.String(), q.Known.Basis, list(q.SaidBy), q.Date, place}
		}
		doc.Questions = append(doc.Questions, item)
	}
	return doc
}

// unitName names what low and high count.
func unitName(u audit.Unit) string {
	switch u {
	case audit.Share:
		return "share"
	case audit.Money:
		return "money"
	case audit.PerDay:
		return "per day"
	case audit.PerWeek:
		return "per week"
	case audit.PerMonth:
		return "per month"
	case audit.PerYear:
		return "per year"
	case audit.Number:
	}
	return "number"
}
