"""Any flow as a text in the ``.ivr`` language: what ``ivrlint convert`` does."""
