package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func (w *world) manCommand() *cobra.Command {
	var folder string
	c := &cobra.Command{
		Use:   "man [COMMAND]",
		Short: "Print the manual page of flowmap or of a command, or write all of them into a folder",
		Long: `Print the manual page of flowmap, or of a command, in the form that man reads:

    flowmap man rank | man -l -

With -o DIR all pages are written into a folder: flowmap.1, flowmap-rank.1 and so on.`,
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			if folder == "" {
				of, rest, err := root.Find(args)
				if err != nil || len(rest) > 0 || of.IsAdditionalHelpTopicCommand() {
					return &usageError{fmt.Sprintf("there is no command %q", strings.Join(args, " ")), `"flowmap help" lists the commands`}
				}
				page, err := w.manPage(of)
				if err != nil {
					return err
				}
				return w.write("-", page)
			}
			if len(args) > 0 {
				return &usageError{"with -o all pages are written, and one command is named", "leave away -o or the command"}
			}
			pages, err := w.manPages(root, folder)
			if err != nil {
				return err
			}
			if err := makeFolder(folder); err != nil {
				return err
			}
			return replaceAll(pages)
		},
	}
	c.Flags().StringVarP(&folder, "output", "o", "", "the folder for all pages")
	return c
}

// manPages are the pages of a command and of all below it.
func (w *world) manPages(c *cobra.Command, folder string) ([]output, error) {
	if c.Hidden || c.IsAdditionalHelpTopicCommand() {
		return nil, nil
	}
	page, err := w.manPage(c)
	if err != nil {
		return nil, err
	}
	pages := []output{{filepath.Join(folder, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"), page}}
	for _, below := range c.Commands() {
		more, err := w.manPages(below, folder)
		if err != nil {
			return nil, err
		}
		pages = append(pages, more...)
	}
	return pages, nil
}

// manPage is a command's page. Without SOURCE_DATE_EPOCH it bears no date.
func (w *world) manPage(c *cobra.Command) ([]byte, error) {
	date, err := w.date()
	if err != nil {
		return nil, err
	}
	var day time.Time
	if date != "" {
		if day, err = time.Parse(time.DateOnly, date); err != nil {
			return nil, err
		}
	}
	c.DisableAutoGenTag = true
	var b bytes.Buffer
	header := doc.GenManHeader{Section: "1", Date: &day, Source: "flowmap " + versionOf(), Manual: "flowmap"}
	if err := doc.GenMan(c, &header, &b); err != nil {
		return nil, err
	}
	page := b.Bytes()
	if date == "" {
		page = bytes.Replace(page, []byte(day.Format("Jan 2006")), nil, 1)
	}
	return page, nil
}
