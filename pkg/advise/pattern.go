package advise

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// Patterns lists the patterns that advice can name.
func Patterns() []audit.Pattern {
	return []audit.Pattern{audit.Sync, audit.Push, audit.Pull, audit.PubSub, audit.BatchFile, audit.RequestReply}
}

// Answers are what the choice of a pattern rests on, each one of the values
// that Questions lists.
type Answers struct {
	Owner     string // one: data goes one way; each: both ways, each shared field has an owner; none: both ways, without
	Latency   string // realtime, minutes (less than rule p03's), later
	Webhook   string // yes: the source calls when something is new; no, or not known
	Consumers string // many: as many systems as in rule p05 get the data, or more; few
	Load      string // heavy: more records than in rule p05, or bursts against the target's limit of rule p08; steady
	Loss      string // none: no record may get lost unnoticed; tolerated
	Interface string // file: an end has no api, webhook or database; program
}

// Question is one of the questions with its possible answers.
type Question struct {
	ID      string
	Options []string
	field   func(*Answers) *string
}

// Questions lists what is asked, in the order of Answers.
func Questions() []Question {
	return []Question{
		{"owner", []string{"one", "each", "none"}, func(a *Answers) *string { return &a.Owner }},
		{"latency", []string{"realtime", "minutes", "later"}, func(a *Answers) *string { return &a.Latency }},
		{"webhook", []string{"yes", "no"}, func(a *Answers) *string { return &a.Webhook }},
		{"consumers", []string{"few", "many"}, func(a *Answers) *string { return &a.Consumers }},
		{"load", []string{"steady", "heavy"}, func(a *Answers) *string { return &a.Load }},
		{"loss", []string{"none", "tolerated"}, func(a *Answers) *string { return &a.Loss }},
		{"interface", []string{"program", "file"}, func(a *Answers) *string { return &a.Interface }},
	}
}

// Of returns the answer to the question.
func (q Question) Of(a Answers) string { return *q.field(&a) }

// With returns the answers with another one to the question.
func (q Question) With(a Answers, answer string) Answers {
	*q.field(&a) = answer
	return a
}

// Outcome is the pattern that answers lead to.
type Outcome struct {
	Pattern audit.Pattern
	Split   bool   // two-way is refused: two one-way flows of the pattern
	Rule    string // the id of the rule that decided
}

// same tells whether two outcomes ask for the same work.
func (o Outcome) same(other Outcome) bool {
	return o.Pattern == other.Pattern && o.Split == other.Split
}

// row is a line of the decision table: the first whose condition holds decides.
type row struct {
	rule    string
	pattern audit.Pattern
	holds   func(Answers) bool
}

// decisions is the table. The last row always holds, so it is complete.
var decisions = []row{
	{"k11", audit.BatchFile, func(a Answers) bool { return a.Interface == "file" }},
	{"p01", audit.Sync, func(a Answers) bool { return a.Owner == "each" }},
	{"p08", audit.Pull, func(a Answers) bool { return a.Latency == "realtime" && a.Webhook == "no" && a.Load == "heavy" }},
	{"p06", audit.RequestReply, func(a Answers) bool { return a.Latency == "realtime" && a.Webhook == "no" }},
	{"p05", audit.PubSub, func(a Answers) bool {
		return a.events() && (a.Load == "heavy" || a.Consumers == "many" && a.Loss == "none")
	}},
	{"p03", audit.Push, Answers.events},
	{"p04", audit.Pull, func(Answers) bool { return true }},
}

// events tells whether data is wanted soon from a source that calls.
func (a Answers) events() bool { return a.Latency != "later" && a.Webhook == "yes" }

// Decide returns the pattern for the answers. Each combination has exactly one.
func Decide(a Answers) Outcome {
	i := slices.IndexFunc(decisions, func(r row) bool { return r.holds(a) })
	r := decisions[i]
	split := a.Owner == "none" || a.Owner == "each" && r.pattern == audit.BatchFile
	return Outcome{r.pattern, split, r.rule}
}

// Swap is an answer that decides: with the other one the outcome is another.
type Swap struct {
	Question, Answer, Instead string
	Outcome                   Outcome
}

// Deciding returns the answers of which another would change the outcome, and
// to what.
func Deciding(a Answers) []Swap {
	var all []Swap
	was := Decide(a)
	for _, q := range Questions() {
		for _, other := range q.Options {
			if other == q.Of(a) {
				continue
			}
			if o := Decide(q.With(a, other)); !o.same(was) {
				all = append(all, Swap{q.ID, q.Of(a), other, o})
			}
		}
	}
	return all
}

// answers reads the answers off a flow. What is not known counts like what asks
// for less: a source of which nothing is known does not call.
func (n *needs) answers() Answers {
	a := Answers{Owner: "one", Latency: "later", Webhook: "no", Consumers: "few", Load: "steady", Loss: "tolerated", Interface: "program"}
	switch {
	case n.twoWay && len(n.f.Needs.Fields) > 0:
		a.Owner = "each"
	case n.twoWay:
		a.Owner = "none"
	}
	switch p03 := n.rule("p03"); {
	case n.latency == realtime:
		a.Latency = "realtime"
	case p03.Below("minutes", interval(n.latency)):
		a.Latency = "minutes"
	}
	if n.webhook.Holds {
		a.Webhook = "yes"
	}
	p05 := n.rule("p05")
	if p05.From("consumers", float64(n.consumers)) {
		a.Consumers = "many"
	}
	if p05.Above("records", n.records) || n.bursts(n.rule("p08")) {
		a.Load = "heavy"
	}
	if n.noLoss() {
		a.Loss = "none"
	}
	if n.from.Closed() || n.to.Closed() {
		a.Interface = "file"
	}
	return a
}

// noLoss tells whether a record must not get lost: as stated, else where much
// depends on the flow.
func (n *needs) noLoss() bool {
	return n.f.Needs.Loss == "none" || n.f.Needs.Loss == "" && n.critical()
}

// bursts tells whether the busiest minute asks too much of the target. A target
// of which no limit is stated is not tested.
func (n *needs) bursts(r catalogue.Rule) bool {
	limit := n.to.CallsPerMinute
	share, ok := r.At("share")
	return ok && limit.Stated && n.busiestMinute(r) > share*limit.Value
}

// busiestMinute is how many records come in the busiest minute of the busiest
// month: those of an even busy hour, times how far a burst stands above it.
func (n *needs) busiestMinute(r catalogue.Rule) float64 {
	hours, ok := r.At("busy-hours")
	burst, known := r.At("burst")
	days := n.w.Assumptions.DaysPerWeek.Value * n.w.Assumptions.WeeksPerYear.Value / 12
	if !ok || !known || hours <= 0 || days <= 0 {
		return 0
	}
	return n.records * n.f.BusiestMonth() * burst / (days * hours * 60)
}
