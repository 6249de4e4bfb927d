package interview

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Setup is what a new workspace begins with.
type Setup struct {
	Client   string
	Sector   string // in words; empty: not said
	Language string // en, es
	Currency string // ISO 4217
	Template string // the name of an archetype, or NoTemplate
}

// NoTemplate begins with an empty audit.
const NoTemplate = "none"

// ErrLeft says that somebody left before all was asked: nothing was made.
var ErrLeft = errors.New("left before all was asked")

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// Ask asks for what s does not say yet, in the language of the printer until s
// has its own. The error is ErrLeft, or the asker's.
func (s Setup) Ask(ctx context.Context, asker Asker, p lang.Printer) (Setup, error) {
	fields := s.unknown()
	for i := 0; i < len(fields); {
		if s.Language != "" {
			own, err := lang.New(s.Language)
			if err != nil {
				return s, err
			}
			p = own
		}
		next, err := s.askOne(ctx, asker, reader{Printer: p}, fields[i], i > 0)
		if err != nil {
			return s, err
		}
		i = max(i+next, 0)
	}
	return s, nil
}

// setupField is one thing to be asked.
type setupField struct {
	id    string
	value func(*Setup) *string
}

// unknown lists what is to be asked, the language first: the rest is asked in
// it.
func (s Setup) unknown() []setupField {
	var all []setupField
	for _, f := range []setupField{
		{"language", func(s *Setup) *string { return &s.Language }},
		{"client", func(s *Setup) *string { return &s.Client }},
		{"sector", func(s *Setup) *string { return &s.Sector }},
		{"currency", func(s *Setup) *string { return &s.Currency }},
		{"template", func(s *Setup) *string { return &s.Template }},
	} {
		if *f.value(&s) == "" {
			all = append(all, f)
		}
	}
	return all
}

// askOne asks until there is an answer, and returns how many fields to go on:
// one, or one back.
func (s *Setup) askOne(ctx context.Context, asker Asker, r reader, f setupField, back bool) (int, error) {
	p := s.prompt(r, f)
	p.Back = back
	for {
		reply, err := asker.Ask(ctx, p)
		switch {
		case err != nil:
			return 0, err
		case reply.Act == Leave:
			return 0, ErrLeft
		case reply.Act == Back:
			return -1, nil
		}
		value, err := s.read(r, f.id, p, reply)
		if err == nil {
			*f.value(s) = value
			return 1, nil
		}
		p.Old, p.Refused = reply, err.Error()
	}
}

func (s *Setup) prompt(r reader, f setupField) Prompt {
	p := Prompt{Key: f.id, Kind: Text, Text: r.Text("ask."+f.id, nil), Nothing: f.id == "sector", Old: given(*f.value(s)), Unknown: true, Unsaved: true}
	if help := "ask." + f.id + ".help"; r.Has(help) {
		p.Help = r.Text(help, nil)
	}
	var options []string
	switch f.id {
	case "language":
		options = lang.Languages()
		p.Old = given(r.Language())
	case "template":
		options = append(Archetypes(), NoTemplate)
	case "currency":
		if s.Currency == "" {
			p.Old, p.Suggested = given("EUR"), true
		}
	}
	for _, o := range options {
		p.Kind = Choice
		p.Options = append(p.Options, Option{o, r.Text("ask."+f.id+"."+o, nil)})
	}
	p.Check = func(reply Reply) error {
		if reply.Act == Back || reply.Act == Leave {
			return nil
		}
		_, err := s.read(r, f.id, p, reply)
		return err
	}
	return p
}

// read judges an answer and gives what it states.
func (s *Setup) read(r reader, id string, p Prompt, reply Reply) (string, error) {
	text := clean(reply.Text)
	switch {
	case reply.Act == Nothing && id == "sector", reply.Act == NotKnown && id == "sector":
		return "", nil
	case reply.Act == Nothing && id == "template", reply.Act == NotKnown && id == "template":
		return NoTemplate, nil
	case reply.Act == NotKnown && id != "client": // what is usual
		return p.Old.Text, nil
	case reply.Act == NotKnown:
		return "", r.refusal("name", nil)
	case reply.Act != Answer || text == "":
		return "", r.refusal("empty", nil)
	case len(p.Options) > 0:
		picked, _, err := r.pick(text, p.Options, never)
		return picked, err
	case id == "currency":
		text = strings.ToUpper(text)
		if !IsCurrency(text) {
			return "", r.refusal("currency", nil)
		}
	}
	return text, nil
}

// IsCurrency tells whether a text has the shape of a code of ISO 4217.
func IsCurrency(code string) bool { return currencyCode.MatchString(code) }
