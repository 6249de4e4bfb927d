package lang

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"

	"github.com/flowmap-dev/flowmap/templates"
)

// words are the texts of one language, all areas together.
type words struct {
	messages  map[string]*i18n.Message
	localizer *i18n.Localizer
	parser    *template.TextParser
}

// load reads the words of a language. Templates are parsed at their first use:
// a run needs few of them.
func load(code string) (*words, error) {
	tag := language.Make(code)
	bundle := i18n.NewBundle(tag)
	w := &words{messages: map[string]*i18n.Message{}, parser: &template.TextParser{Option: "missingkey=error"}}
	files := templates.FS()
	names, err := fs.Glob(files, "words/"+code+"/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		src, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		messages, err := i18n.ParseMessageBytes(src, json.Unmarshal)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := bundle.AddMessages(tag, messages...); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, m := range messages {
			w.messages[m.ID] = m
		}
	}
	w.localizer = i18n.NewLocalizer(bundle, code)
	return w, nil
}

func (w *words) has(key string) bool {
	return w.messages[key] != nil
}

// text gives the words of key in the plural form of count, which is a number
// written with a point ("1", "1.0", "6.1"), or the general form without one.
func (w *words) text(key, count string, args Args) string {
	m := w.messages[key]
	if m == nil {
		return missing(key)
	}
	if count == "" && !strings.Contains(m.Other, "{{") {
		return m.Other
	}
	config := i18n.LocalizeConfig{MessageID: key, TemplateData: args.isolated(), TemplateParser: w.parser}
	if count != "" {
		config.PluralCount = count
	}
	// A language may have a form more than the words do (Spanish has one for
	// millions): then go-i18n gives an error beside the words of "other".
	text, _ := w.localizer.Localize(&config)
	if text == "" {
		return missing(key)
	}
	return text
}

// missing marks a key that has no words so that a reader, and a test, sees it.
func missing(key string) string { return "‹" + key + "›" }
