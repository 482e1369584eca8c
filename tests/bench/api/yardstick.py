"""What a quick API in another framework costs: FastAPI, the ORM and pydantic on the same table."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

engine = create_engine(os.environ["DATABASE_URL"], pool_size=5)
Sessions = sessionmaker(engine)
app = FastAPI()


class Base(DeclarativeBase):
    """The base of its one table."""


class Row(Base):
    """The shop's products, as an ORM maps them."""

    __tablename__ = "products"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    brand: Mapped[str]
    status: Mapped[str]
    category_id: Mapped[int | None]
    price_from: Mapped[int | None]
    featured: Mapped[int]
    updated_at: Mapped[datetime]
    version: Mapped[int]


class Seen(BaseModel):
    """What it answers: less than ours, which has prices, pictures and stock beside."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    slug: str
    title: str
    brand: str
    status: str
    category_id: int | None
    price_from: int | None
    updated_at: datetime
    version: int


def opened() -> Iterator[Session]:
    """A session of one request."""
    with Sessions() as session:
        yield session


@app.get("/products", response_model=list[Seen])
def products(session: Annotated[Session, Depends(opened)]) -> list[Row]:
    """The first 24 of the shop's own order."""
    query = select(Row).where(Row.status == "active").order_by(Row.featured.desc(), Row.id.desc()).limit(24)
    return list(session.scalars(query))
