package star

import (
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/clients"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

// Client is one client's audit, analysed.
type Client struct {
	ID       string // that tells it from the others
	Audit    audit.Workspace
	Ranking  roi.Ranking
	Findings []audit.Finding // the gravest first
	Realised track.Result    // of what was promised
}

// Of are the rows of a client.
func Of(c Client) Rows {
	w := c.Audit
	rows := make(Rows, len(Tables()))
	rows[clientsTable] = []Row{c.client()}
	for _, s := range w.Systems {
		rows[systemsTable] = append(rows[systemsTable], Row{Words(c.ID), Words(s.ID), Stated(s.Name), Words(string(s.Kind)), Stated(s.Product), Stated(s.Critical)})
	}
	for _, e := range w.Entities {
		rows[entitiesTable] = append(rows[entitiesTable], Row{Words(c.ID), Words(e.ID), Stated(e.Name), Stated(e.Record), Stated(e.PersonalData)})
	}
	for _, f := range w.Flows {
		rows[flowsTable] = append(rows[flowsTable], c.flow(f))
	}
	for _, s := range c.Ranking.Scores {
		rows[scoresTable] = append(rows[scoresTable], c.score(s))
	}
	for i, f := range c.Findings {
		rows[findingsTable] = append(rows[findingsTable], Row{Words(c.ID), Whole(i + 1), Words(f.ID), Words(f.Kind), Words(string(f.Severity)),
			Is(f.Accepted != nil), Whole(len(f.Flows)), Whole(len(f.Systems)), Amount(f.HoursPerWeek), Amount(f.CostPerYear)})
	}
	for _, f := range c.Realised.Flows {
		if f.Promised != nil { // of the others nothing was planned
			rows[actualsTable] = append(rows[actualsTable], c.actuals(f)...)
		}
	}
	return rows
}

func (c Client) client() Row {
	w, sum := c.Audit, c.Ranking.Totals
	employees := Value{}
	if w.Client.Employees.Stated {
		employees = Whole(int(w.Client.Employees.Value))
	}
	stated := 0
	for _, s := range c.Ranking.Scores {
		if s.Stated {
			stated++
		}
	}
	return Row{Words(c.ID), Whole(Version), Stated(w.Client.Name), Stated(clients.SectorOf(w)), Words(string(clients.SizeOf(w.Client.Employees.Value))), employees,
		Words(w.Currency), Stated(w.Date), Whole(stated), Whole(sum.NotStated), Amount(sum.HoursPerWeek), Amount(sum.HoursPerYear),
		Amount(sum.LabourPerYear), Amount(sum.ErrorCostPerYear), Amount(sum.BenefitPerYear)}
}

func (c Client) flow(f audit.Flow) Row {
	kind := func(id string) Value {
		s, _ := c.Audit.System(id)
		return Words(string(s.Kind))
	}
	how := f.How
	if how == "" {
		how = audit.Manual
	}
	cost := c.Audit.Cost(f)
	return Row{Words(c.ID), Words(f.ID), Stated(f.Name), Stated(f.Department), Stated(f.Entity), Stated(f.From), Stated(f.To), kind(f.From), kind(f.To),
		Words(string(how)), Stated(f.Role), Known(cost.RecordsPerYear, cost.RecordsStated && !cost.RecordsAssumed)}
}

func (c Client) score(s roi.Score) Row {
	rank := Value{}
	if s.Stated {
		rank = Whole(s.Rank)
	}
	figure := func(f roi.Figure) Value { return Known(f.Value, f.OK) }
	chosen := func(text string) Value {
		if !s.Chosen {
			return Value{}
		}
		return Stated(text)
	}
	return Row{Words(c.ID), Words(s.Flow), rank, Known(s.HoursPerWeek, s.Stated), Known(s.HoursPerYear, s.Stated), Known(s.LabourPerYear, s.Stated),
		Amount(s.ErrorCostPerYear), Known(s.BenefitPerYear, s.Stated), chosen(s.Choice.Platform), chosen(s.Choice.Tier), chosen(string(s.Choice.Pattern)),
		Is(s.Choice.Decided), Known(s.BuildCost, s.Chosen), figure(s.PlatformPerMonth), Known(s.MaintenancePerMonth, s.Chosen),
		figure(s.Payback), figure(s.CashPayback), figure(s.NPV), figure(s.ROI)}
}

func (c Client) actuals(f track.Flow) []Row {
	row := func(month string, planned, real track.Sums, logged bool) Row {
		return Row{Words(c.ID), Words(f.ID), Stated(month), Stated(f.Live), Known(real.Runs, logged), Known(real.FailedRuns, logged),
			Amount(planned.Saved), Amount(real.Saved), Amount(planned.Errors), Amount(real.Errors), Amount(planned.Benefit), Amount(real.Benefit),
			Amount(planned.Platform), Amount(real.Platform), Amount(planned.Upkeep), Amount(real.Upkeep), Amount(planned.Build), Amount(real.Build)}
	}
	var rows []Row
	if f.Planned.Build != 0 || f.Real.Build != 0 {
		rows = append(rows, row("", track.Sums{Build: f.Planned.Build}, track.Sums{Build: f.Real.Build}, false))
	}
	for _, m := range f.Months {
		m.Planned.Build, m.Real.Build = 0, 0
		rows = append(rows, row(strings.TrimSpace(string(m.Month)), m.Planned, m.Real, m.Logged))
	}
	return rows
}
