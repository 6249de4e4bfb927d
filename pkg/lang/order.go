package lang

import (
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// order compares names by the rules of a language. A collator is slow to make
// and keeps state while it compares, so there is one, made at its first use,
// behind a lock.
type order struct {
	once     sync.Once
	lock     sync.Mutex
	tag      language.Tag
	collator *collate.Collator
}

func newOrder(code string) *order {
	return &order{tag: language.Make(code)}
}

func (o *order) compare(a, b string) int {
	o.once.Do(func() { o.collator = collate.New(o.tag, collate.Numeric) })
	o.lock.Lock()
	defer o.lock.Unlock()
	if c := o.collator.CompareString(a, b); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}
