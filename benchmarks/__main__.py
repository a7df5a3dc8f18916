"""``python -m benchmarks``: what scoregen costs beside what its libraries alone cost, in one run on the same input."""

from __future__ import annotations

from benchmarks import generation, scripts, tree


def main() -> None:
    """Print the medians and their ratios as a Markdown table."""
    print("| work | scoregen, s | alone, s | ratio | goal |\n|---|---|---|---|---|")
    for row in [*generation.rows(), *scripts.rows(), *tree.rows()]:
        print(
            f"| {row.work} | {row.ours:.4f} | {row.theirs:.4f} | {row.ratio:.2f} | at most {row.goal:g} |", flush=True
        )


if __name__ == "__main__":
    main()
