package catalogue

import "github.com/flowmap-dev/flowmap/pkg/audit"

// Rule is a row of advice: what decides, from which figures on, and who says
// so. What it tests stands in package advise under the same id, which reads its
// thresholds from here.
type Rule struct {
	ID         string      `yaml:"id" as:"id" need:"true"`
	About      About       `yaml:"about"`
	When       string      `yaml:"when"` // in words, for who reads the file
	Then       string      `yaml:"then"` // in words
	Thresholds []Threshold `yaml:"thresholds"`
	Origin     Origin      `yaml:"origin"`
	Source     string      `yaml:"source"` // id of a source, or words in a workspace's own catalogue
	Note       string      `yaml:"note"`

	Place audit.Place `yaml:"-"`
}

// Threshold is a figure at which a rule turns.
type Threshold struct {
	ID    string       `yaml:"id" as:"id" need:"true"`
	Value audit.Amount `yaml:"value" as:"number"`

	Place audit.Place `yaml:"-"`
}

// At returns the rule's threshold with the id. One that the row does not have
// is not known; At then returns false, and the rule does not apply.
func (r Rule) At(id string) (float64, bool) {
	for _, t := range r.Thresholds {
		if t.ID == id {
			return t.Value.Value, t.Value.Stated
		}
	}
	return 0, false
}

// Above tells whether x is more than the threshold.
func (r Rule) Above(id string, x float64) bool {
	t, ok := r.At(id)
	return ok && x > t
}

// From tells whether x has reached the threshold.
func (r Rule) From(id string, x float64) bool {
	t, ok := r.At(id)
	return ok && x >= t
}

// Below tells whether x is less than the threshold.
func (r Rule) Below(id string, x float64) bool {
	t, ok := r.At(id)
	return ok && x < t
}

// Within tells whether x is at most the threshold.
func (r Rule) Within(id string, x float64) bool {
	t, ok := r.At(id)
	return ok && x <= t
}

// About is the question that a rule helps to answer.
type About string

// The questions.
const (
	AboutClass      About = "class"      // how complex a flow is, how much it moves
	AboutGate       About = "gate"       // may a platform carry it at all
	AboutTechnology About = "technology" // which kind of platform suits it
	AboutPattern    About = "pattern"    // how data gets across
)

// Options lists what may be written.
func (About) Options() []string { return []string{"class", "gate", "technology", "pattern"} }

// Rule returns the rule with the id, and false if there is none.
func (c Catalogue) Rule(id string) (Rule, bool) {
	for _, r := range c.Rules {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}
