/** `hasmit --help`. */

/** The usage, one screen. */
export function helpText(): string {
  return `hasmit: menus and forms for cluster administration;
every command is shown before it runs

  hasmit [FASTPATH] [FIELD=VALUE ...]    open the panel, prefilled
  hasmit list [WORDS] [--json]           every panel: id, kind, title, command
  hasmit show FASTPATH [--json]          fields, types, command, evidence, help
  hasmit print FASTPATH FIELD=VALUE ...  the command, nothing else
  hasmit run FASTPATH FIELD=VALUE ...    run it here; its status is returned
  hasmit check [PATH ...] [--strict]     panel files, rules.hacmprd, .rp files
  hasmit format NAME                     standard input as a page for people
  hasmit site [KEY=VALUE ...] [--json]   this site's own values
  hasmit config [KEY[=VALUE]] [--json]   settings, and where each comes from
  hasmit schema                          the JSON Schema of panel files

  --plain      line by line, without screen control
  --mono       no attributes at all: a > marks the place
  --yes        run: the question of the panel is answered with yes
  --confirm X  run: the name (or the exact command) a panel wants typed
  --version, -h, --help

SMIT's flags:
  -x           run nothing, record everything   -X  run no list command either
  -l FILE      log file                         -s FILE  script file
  -o DIR       another directory of panels      -v, -t, -D  more in the log
  -C, -d, -m, -n, -f  are taken and change nothing

Secrets are never given as FIELD=VALUE: write FIELD=@FILE, or FIELD=@- for
standard input.

Status: 0 done; the command's own for run; 1 warnings (check --strict); 2 usage
or a value that is not right; 3 a check failed; 5 unknown; 6 not allowed;
7 cancelled; 130 Ctrl-C.`;
}
