"""`storefront verify` and `storefront doctor`."""

import sys

import click


@click.command()
def verify() -> None:
    """Check that everything that must always be true is true right now; safe at any moment."""
    from storefront.office.verify import examine, snapshot

    with snapshot() as connection:
        findings = examine(connection)
    click.echo(f"{'':4} {'rows':>9} {'broken':>7}  what must be true")
    for finding in findings:
        invariant = finding.invariant
        line = f"{invariant.code:4} {finding.checked:9} {finding.violations:7}  {invariant.sentence}"
        click.secho(line, fg="red" if finding.violations else None)
        for row in finding.rows:
            click.echo("       " + ", ".join(f"{name} {value}" for name, value in row.items()))
        if finding.violations > len(finding.rows):
            click.echo(f"       … and {finding.violations - len(finding.rows)} more")
    sys.exit(1 if any(finding.violations for finding in findings) else 0)


@click.command()
def doctor() -> None:
    """Look at services, settings, database, disk and mail; each line that is wrong names its remedy."""
    from storefront.office.doctor import examine

    wrong = 0
    for subject, symptom in examine():
        well = symptom.remedy is None
        wrong += not well
        mark = click.style("ok   ", fg="green") if well else click.style("WRONG", fg="red")
        click.echo(f"{mark}  {subject:13} {symptom.says}" + ("" if well else f" → {symptom.remedy}"))
    sys.exit(1 if wrong else 0)
