package report

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/roi"
	"github.com/flowmap-dev/flowmap/pkg/track"
)

// TrackPage is what came true of a promise as a report of its own.
func TrackPage(run Run, words lang.Printer, tracked Tracked) Report {
	t := trackPage{NewVoice(words, run.Workspace, run.Catalogue), tracked.Result, tracked.Promise, tracked.Frozen}
	w := run.Workspace
	title := t.t("page", nil)
	if w.Client.Name != "" {
		title = t.t("page.client", lang.Args{"Client": w.Client.Name})
	}
	return Report{
		Meta: Meta{Title: title, Client: w.Client.Name, Date: string(w.Date), Language: words.Language(), Currency: w.Currency, Accent: w.Brand.Primary,
			Printed: t.from()},
		Sections: []Section{{ID: "track", Blocks: t.blocks()}},
	}
}

// track is the section of what came true; nothing where nothing was measured.
func (b *builder) track() []Block {
	if b.Track == nil || !slices.ContainsFunc(b.Track.Result.Flows, started) {
		return nil
	}
	t := trackPage{b.Voice, b.Track.Result, b.Track.Promise, b.Track.Frozen}
	blocks := t.blocks()
	return append([]Block{Paragraph{t.from(), Note}}, blocks...)
}

// Tracked is what came true, and of what promise.
type Tracked struct {
	Result  track.Result
	Promise track.Promise
	Frozen  bool // else the audit as it is stands in for a promise
}

// trackPage makes the parts of what came true.
type trackPage struct {
	Voice
	r       track.Result
	promise track.Promise
	frozen  bool
}

func (t trackPage) t(key string, args lang.Args) string { return t.words.Text("track."+key, args) }

// from says what the figures are set beside.
func (t trackPage) from() string {
	switch {
	case !t.frozen:
		return t.t("from.audit", nil)
	case t.promise.Date == "":
		return t.t("from.promise", nil)
	}
	return t.t("from.promise.date", lang.Args{"Date": t.words.Date(t.promise.Date)})
}

func (t trackPage) blocks() []Block {
	blocks := []Block{Paragraph{t.lead(), Lead}}
	if items := t.off(); len(items) > 0 {
		blocks = append(blocks, List{t.t("off.title", nil), items})
	}
	if !slices.ContainsFunc(t.r.Flows, started) {
		return blocks
	}
	return append(blocks, t.flows(), t.causes(), t.months(), Paragraph{t.t("method", nil), Note})
}

// started tells whether a flow is live, or anything was measured of it.
func started(f track.Flow) bool { return f.Live != "" || len(f.Months) > 0 || f.Real.Build != 0 }

// measured are the flows that anything was measured of.
func (t trackPage) measured() []track.Flow {
	return slices.DeleteFunc(slices.Clone(t.r.Flows), func(f track.Flow) bool { return len(f.Months) == 0 && f.Real.Build == 0 })
}

func (t trackPage) lead() string {
	n := len(t.measured())
	args := lang.Args{"Promised": t.words.Number(float64(len(t.promise.Flows)), 0), "Planned": t.money(t.r.Planned.Net), "Real": t.money(t.r.Real.Net)}
	if n == 0 {
		return t.t("lead.none", args)
	}
	return t.words.Plural("track.lead", n, args)
}

func (t trackPage) money(x float64) string { return t.words.Money(x, t.workspace.Currency, 0) }

// off says of each flow what differs, why, and when what was spent is back; those
// that wait stand together, at the end.
func (t trackPage) off() []string {
	var items, waiting []string
	for _, f := range t.r.Flows {
		switch {
		case f.Gone:
			items = append(items, t.t("off.gone", lang.Args{"Flow": f.Name}))
		case f.Promised == nil:
			items = append(items, t.t("off.unplanned", lang.Args{"Flow": f.Name}))
		case len(f.Months) == 0 && f.Real.Build == 0:
			waiting = append(waiting, f.Name)
		default:
			items = append(items, t.payback(f)+" "+t.why(f))
		}
	}
	if len(waiting) > 0 {
		items = append(items, t.t("off.waits", lang.Args{"Flows": t.words.List(waiting)}))
	}
	return items
}

// payback says when what a flow took is back.
func (t trackPage) payback(f track.Flow) string {
	args := lang.Args{"Flow": f.Name, "Real": t.words.Months(f.Payback.Value), "Planned": t.words.Text("never", nil), "Horizon": t.words.Plural("duration.months", t.promise.HorizonMonths, nil)}
	if p := f.Promised.PaybackMonths; p != nil {
		args["Planned"] = t.words.Months(*p)
	}
	switch {
	case len(f.Months) == 0:
		return t.t("payback.unmeasured", args)
	case !f.Payback.OK:
		return t.t("payback.never", args)
	case !f.InHorizon:
		return t.t("payback.late", args)
	case f.Projected:
		return t.t("payback.projected", args)
	}
	return t.t("payback.reached", args)
}

// why names what weighs most in the difference.
func (t trackPage) why(f track.Flow) string {
	key := f.Causes.Biggest()
	if key == "" {
		return t.t("why.none", nil)
	}
	args := lang.Args{"Difference": t.money(math.Abs(f.Causes.Sum())), "Cause": "", "Amount": ""}
	for _, c := range f.Causes.Each() {
		if c.Key == key {
			sign := "better"
			if c.Amount < 0 {
				sign = "worse"
			}
			args["Cause"], args["Amount"] = t.t("why."+key+"."+sign, nil), t.money(math.Abs(c.Amount))
		}
	}
	if f.Causes.Sum() < 0 {
		return t.t("why.less", args)
	}
	return t.t("why.more", args)
}

func (t trackPage) column(key string, kind Kind, width int) Column {
	return Column{Key: key, Label: t.t("column."+key, nil), Kind: kind, Width: width}
}

func (t trackPage) flows() Table {
	out := Table{ID: "track-flows", Title: t.t("flows.title", nil), Short: t.t("flows.short", nil), Empty: t.t("flows.none", nil), Apart: true, Columns: []Column{
		t.column("flow", Text, 34), t.column("live", Date, 14), t.column("measured", Count, 10),
		t.column("saved_planned", Hours, 12), t.column("saved", Hours, 12), t.column("build_planned", Money, 12), t.column("build", Money, 12),
		t.column("platform_planned", Money, 12), t.column("platform", Money, 12), t.column("net_planned", Price, 13), t.column("net", Price, 13),
		t.column("payback_planned", Months, 12), t.column("payback", Months, 12)}}
	for _, f := range t.r.Flows {
		if !started(f) {
			continue
		}
		cells := []Cell{Words(f.Name), {Kind: Date, Text: string(f.Live)}, Known(Count, float64(len(f.Months)))}
		if f.Live == "" {
			cells[1] = Cell{}
		}
		judged := f.Promised != nil && (len(f.Months) > 0 || f.Real.Build != 0)
		for _, x := range []struct {
			kind          Kind
			planned, real float64
		}{{Hours, f.Planned.Saved, f.Real.Saved}, {Money, f.Planned.Build, f.Real.Build}, {Money, f.Planned.Platform, f.Real.Platform}, {Price, f.Planned.Net, f.Real.Net}} {
			cells = append(cells, shownIf(judged, x.kind, x.planned), shownIf(judged, x.kind, x.real))
		}
		planned, real := Cell{}, Cell{}
		if f.Promised != nil {
			planned = paybackCell(roi.Figure{Value: value(f.Promised.PaybackMonths), OK: f.Promised.PaybackMonths != nil})
		}
		if judged && len(f.Months) > 0 {
			real = paybackCell(f.Payback)
		}
		out.Rows = append(out.Rows, Row{f.ID, append(cells, planned, real)})
	}
	return out
}

func value(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}

func paybackCell(f roi.Figure) Cell {
	if !f.OK {
		return Known(Months, math.Inf(1))
	}
	return Known(Months, f.Value)
}

// shownIf is a number, or an empty cell where it means nothing.
func shownIf(ok bool, kind Kind, x float64) Cell {
	if !ok {
		return Cell{}
	}
	return Known(kind, x)
}

// causes is why the money differs: a column a cause, adding up along the row.
func (t trackPage) causes() Table {
	out := Table{ID: "track-causes", Title: t.t("causes.title", nil), Short: t.t("causes.short", nil), Empty: t.t("flows.none", nil), Apart: true, Columns: []Column{t.column("flow", Text, 34)}}
	for _, c := range (track.Causes{}).Each() {
		out.Columns = append(out.Columns, t.column("cause_"+c.Key, Price, 14))
	}
	out.Columns = append(out.Columns, t.column("difference", Price, 14))
	row := func(key, name string, c track.Causes) Row {
		cells := []Cell{Words(name)}
		for _, x := range c.Each() {
			cells = append(cells, Known(Price, x.Amount))
		}
		return Row{key, append(cells, Known(Price, c.Sum()))}
	}
	for _, f := range t.measured() {
		if f.Promised != nil {
			out.Rows = append(out.Rows, row(f.ID, f.Name, f.Causes))
		}
	}
	if len(out.Rows) > 1 {
		total := row(TotalKey, t.t("total", nil), t.r.Causes)
		out.Total = &total
	}
	return out
}

// months is a row a flow and month.
func (t trackPage) months() Table {
	out := Table{ID: "track-months", Title: t.t("months.title", nil), Short: t.t("months.short", nil), Empty: t.t("flows.none", nil), Apart: true, Fixed: true, Columns: []Column{
		t.column("flow", Text, 34), t.column("month", Text, 10), t.column("runs", Count, 8), t.column("failed", Count, 8), t.column("tests", Count, 8),
		t.column("hours_planned", Hours, 10), t.column("hours", Hours, 10), t.column("errors_planned", Number, 10), t.column("errors", Number, 10),
		t.column("benefit_planned", Money, 12), t.column("benefit", Money, 12), t.column("source", Text, 30)}}
	for _, f := range t.r.Flows {
		for _, m := range f.Months {
			judged := f.Promised != nil
			source := m.Source
			if m.Assumed && judged {
				source = t.t("assumed", lang.Args{"Source": source})
			}
			out.Rows = append(out.Rows, Row{f.ID + ":" + string(m.Month), []Cell{Words(f.Name), Words(string(m.Month)), shownIf(m.Logged, Count, m.Real.Runs), shownIf(m.Logged, Count, m.Real.FailedRuns), shownIf(m.Logged, Count, m.Real.TestRuns),
				shownIf(judged, Hours, m.Planned.Hours), Known(Hours, m.Real.Hours), shownIf(judged, Number, round1(m.Planned.Errors)), Known(Number, round1(m.Real.Errors)),
				shownIf(judged, Money, m.Planned.Benefit), shownIf(judged, Money, m.Real.Benefit), Words(source)}})
		}
	}
	return out
}

// round1 is a mean number of errors with one decimal.
func round1(x float64) float64 { return math.Round(x*10) / 10 }
