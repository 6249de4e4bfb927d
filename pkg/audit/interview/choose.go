package interview

import (
	"slices"
	"strings"
	"unicode"

	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// newness is whether words that no option has may name a new thing.
type newness uint8

// Never: the options are all there is. Perhaps: what begins like one option is
// that one. Careful: whole words at the beginning of an option may mean either,
// as "invoice" beside "invoice line", and are asked back. Whole: only a whole
// option is that one; its beginning is asked back, and what is alike is new,
// since people call much alike what they do.
const (
	never newness = iota
	perhaps
	careful
	whole
)

// pick finds which option a person means: by its id, its words, or a beginning
// of these that no other has; accents and capitals do not matter. Words that
// nothing is like make a new thing where there may be one; a + before them
// makes one in any case.
func (r reader) pick(s string, options []Option, new newness) (id string, isNew bool, err error) {
	s = clean(s)
	if name, forced := strings.CutPrefix(s, "+"); forced && new != never && clean(name) != "" {
		return clean(name), true, nil
	}
	beginning := func(o Option) bool {
		rest, ok := strings.CutPrefix(fold(o.Text), fold(s))
		return ok && len(fold(s)) > 1 && !(new == careful && strings.HasPrefix(rest, " "))
	}
	for _, match := range []func(o Option) bool{
		func(o Option) bool { return o.ID == s },
		func(o Option) bool { return fold(o.Text) == fold(s) || fold(o.ID) == fold(s) },
		func(o Option) bool { return new != whole && beginning(o) },
	} {
		found := slices.DeleteFunc(slices.Clone(options), func(o Option) bool { return !match(o) })
		switch {
		case len(found) == 1:
			return found[0].ID, false, nil
		case len(found) > 1:
			return "", false, r.refusal("several", lang.Args{"Options": r.names(found)})
		}
	}
	return r.unlike(s, options, new)
}

// unlike judges words that are no option: a slip of the hand, or a new thing.
func (r reader) unlike(s string, options []Option, new newness) (id string, isNew bool, err error) {
	near := slices.DeleteFunc(slices.Clone(options), func(o Option) bool {
		return !(alike(o.Text, s) && new != whole) && !strings.HasPrefix(fold(o.Text), fold(s)+" ")
	})
	switch {
	case len(near) > 0 && new != never:
		return "", false, r.refusal("near_or_new", lang.Args{"Options": r.names(near), "New": s})
	case len(near) > 0:
		return "", false, r.refusal("near", lang.Args{"Options": r.names(near)})
	case new == never:
		return "", false, r.refusal("no_option", nil)
	case !strings.ContainsFunc(s, unicode.IsLetter):
		return "", false, r.refusal("words", nil)
	}
	return s, true, nil
}

func (r reader) names(options []Option) string {
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = r.Text("ask.quoted", lang.Args{"Name": o.Text})
	}
	return r.List(names)
}
