import { Fragment } from 'react';
import { type Glyph, typesetFormula, typesetSpaceGroup } from '../format/typeset';
import styles from './typeset.module.css';

/** A formula with its subscripts. */
export const Formula = ({ of }: { of: string }) => <Glyphs glyphs={typesetFormula(of)} />;

/** A space group's symbol as it is printed: letters in italics, bars and screw axes in place. */
export const SpaceGroup = ({ symbol }: { symbol: string }) => <Glyphs glyphs={typesetSpaceGroup(symbol)} />;

/** Text that may hold the Bohr magneton, whose B stands below the line; no character does that. */
export const WithUnits = ({ text }: { text: string }) =>
  text.split('μB').map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text.
    <Fragment key={index}>
      {index > 0 && (
        <>
          μ<sub>B</sub>
        </>
      )}
      {part}
    </Fragment>
  ));

function Glyphs({ glyphs }: { glyphs: Glyph[] }) {
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {glyphs.map(({ text, isSubscript, isItalic, hasOverbar }, index) => {
        const key = `${index}${text}`;
        if (isSubscript) return <sub key={key}>{text}</sub>;
        if (isItalic) return <i key={key}>{text}</i>;
        if (hasOverbar)
          return (
            <span key={key} className={styles.overbar}>
              <span className="visually-hidden">bar </span>
              {text}
            </span>
          );
        return <span key={key}>{text}</span>;
      })}
    </span>
  );
}
